import { deed, when } from "./deeds.js";
import { currentLocale, known, listed, phrase, words } from "./i18n.js";
import { clock, currentZone, day, hue, sameDay } from "./look.js";
import { isRemovable, messageMenu } from "./removal.js";
import { guard, html, nothing, repeat } from "./vendor.js";

/** The items of a conversation as HTML: messages, whispers and notices. Text goes in only through the templates, which escape it. */

const SAME_BREATH_MS = 5 * 60_000;
/** How many people a notice names when they come or go one after the other. */
const NAMED = 8;

/**
 * @param {object[]} items of a conversation
 * @param {{folds: Folds, rooms?: boolean, retry?: (ref: string) => void, discard?: (ref: string) => void, remove?: (id: string) => void}} options
 *     `rooms` says that messages should tell their room; `remove` is there for operators alone
 */
export function itemList(items, options) {
  const how = { ...options, locale: currentLocale(), zone: currentZone() };
  let before = null; // the last message or whisper: what has a time
  let neighbour = null;
  const rows = items.map((item) => {
    const newDay = item.at && (!before || !sameDay(item.at, before.at)) ? item.at : null;
    const continued = !newDay && isContinued(item, neighbour);
    if (item.at) before = item;
    neighbour = item;
    return { item, newDay, continued };
  });
  const latest = how.remove && items.findLast(isRemovable);
  // Most rows have not changed since the last time: guard leaves those alone.
  return repeat(rows, ({ item }) => item.number, ({ item, newDay, continued }) => {
    const fold = how.folds.of(item.number);
    const menu = !how.remove || !isRemovable(item) ? null : item === latest ? "latest" : "other";
    return guard([item, newDay, continued, fold, menu, how.locale, how.zone, how.rooms], () => row(item, newDay, continued, { ...how, menu }));
  });
}

/** Whether an item goes on with what the same person just said. */
function isContinued(item, before) {
  return item.kind === "message" && before?.kind === "message" && item.by === before.by && item.via === before.via
    && item.room === before.room && new Date(item.at) - new Date(before.at) < SAME_BREATH_MS;
}

/** A name, kept apart from the text around it whatever its direction. */
export function nameOf(name) {
  return html`<bdi class="name ${hue(name)}">${name}</bdi>`;
}

/** Which wire somebody uses, as a small label. */
export function badge(via) {
  return html`<abbr class="badge via-${via}" title=${known(`via.${via}`) ? words(`via.${via}`) : via}>${via}</abbr>`;
}

function row(item, newDay, continued, options) {
  const separator = newDay ? html`<li class="day"><span>${day(newDay, options)}</span></li>` : nothing;
  return html`${separator}${item.kind === "notice" ? notice(item, options) : spoken(item, continued, options)}`;
}

function spoken(item, continued, options) {
  // Of one's own messages, and of what goes on from the last one, only a screen reader needs to be told who says it.
  const isKnown = continued || (item.own && item.kind === "message");
  const classes = ["message", item.own && "own", continued && "continued", item.kind === "whisper" && "private"];
  return html`
    <li class=${classes.filter(Boolean).join(" ")} data-id=${item.id ?? nothing} data-state=${item.state ?? nothing}>
      <p class=${isKnown ? "head visually-hidden" : "head"}>${head(item, options)}</p>
      <p class="text" dir="auto" data-number=${item.number} data-fold=${options.folds.of(item.number) ?? nothing}>${item.text}</p>
      ${options.folds.of(item.number) ? unfolding(item, options) : nothing}
      <p class="foot">
        <time datetime=${item.at}>${clock(item.at, options)}</time>
        ${item.own ? delivery(item, options) : nothing}
      </p>
      ${options.menu ? messageMenu(item, options) : nothing}
    </li>`;
}

function unfolding({ number }, { folds }) {
  const isOpen = folds.of(number) === "open";
  return html`<button type="button" class="quiet fold" aria-expanded=${isOpen} @click=${({ target }) => folds.toggle(number, target)}
    >${words(isOpen ? "message.fold" : "message.unfold")}</button>`;
}

function head(item, options) {
  if (item.kind === "whisper") {
    const key = item.own ? "message.whisperTo" : "message.whisperFrom";
    return html`<span>${phrase(key, { by: nameOf(item.by), to: nameOf(item.to) })}</span>`;
  }
  return html`${nameOf(item.by)} ${item.via ? badge(item.via) : nothing} ${options.rooms ? roomTag(item.room) : nothing}`;
}

function roomTag(room) {
  return html`<span class="room-tag">#${room}</span>`;
}

function delivery(item, { retry, discard }) {
  switch (item.state) {
    case "sending":
      return html`<span class="delivery">${words(item.waits ? "message.waiting" : "message.sending")}</span>`;
    case "failed":
      return html`
        <span class="delivery">${words("message.failed", { why: why(item) })}</span>
        <span class="remedies">
          <button type="button" class="quiet" @click=${() => retry(item.ref)}>${words("message.retry")}</button>
          <button type="button" class="quiet" @click=${() => discard(item.ref)}>${words("message.discard")}</button>
        </span>`;
    default:
      return html`<span class="delivery"><span aria-hidden="true">✓</span><span class="visually-hidden"
        >${words("message.sent")}</span></span>`;
  }
}

/** A refusal's reason in the reader's language, or what the server said if it is one that we don't know. */
export function why({ reason, message, until }) {
  if (reason === "banned" && until) return words("reason.banned-until", { until: when(until) });
  const known = words(`reason.${reason}`);
  return known === `reason.${reason}` ? (message ?? reason) : known;
}

function notice(item, { rooms }) {
  const alone = item.people?.length === 1 && item.what !== "who" ? item.people[0].via : null;
  const body = item.what === "help" ? help(item) : html`<p>${told(item)}
    ${alone ? badge(alone) : nothing} ${rooms && item.room ? roomTag(item.room) : nothing}</p>`;
  return html`<li class="notice ${item.what}">${body}</li>`;
}

function told(item) {
  return item.what === "acted" ? deed(item, nameOf) : phrase(`notice.${item.what}`, details(item));
}

function details(item) {
  switch (item.what) {
    case "refused":
      return { why: why(item) };
    case "who":
      return { count: item.count, people: names(item.people, item.count) };
    case "joined":
    case "left":
      return { count: item.people.length, people: names(item.people.slice(0, NAMED), item.people.length) };
    case "removed":
      return { by: nameOf(item.by), author: nameOf(item.author) };
    case "cleared":
      return { by: nameOf(item.by) };
    case "claimed":
    case "released":
      return { name: nameOf(item.name) };
    case "renamed":
      return { from: nameOf(item.from), name: nameOf(item.name) };
    case "presence":
    case "presenceIn":
    case "presenceOut":
      return summary(item);
    default:
      return item;
  }
}

/** Two numbers, each with words that agree with it; those of the second say less, as they follow the first. */
function summary({ what, in: came, out: went, count }) {
  const left = what === "presence" ? "presence.outToo" : "presence.out";
  return { in: words("presence.in", { count: came }), out: words(left, { count: went }), count };
}

/** Some people by name, and how many more there are. */
function names(people, count) {
  const named = people.map(({ name }) => nameOf(name));
  const more = count - people.length;
  return listed(more > 0 ? [...named, words("room.more", { count: more })] : named);
}

function help({ operator }) {
  const lines = [
    [words("help.nickUse"), "help.nick"],
    ["/claim", "help.claim"],
    [words("help.proveUse"), "help.prove"],
    ["/release", "help.release"],
    [words("help.msgUse"), "help.msg"],
    ["/who", "help.who"],
    [words("help.joinUse"), "help.join"],
    ["/leave", "help.leave"],
    ["//…", "help.slash"],
    [words("help.keyUse"), "help.key"],
    [words("help.opUse"), "help.op"],
    ...(operator ? operatorsHelp() : []),
  ];
  return html`<p>${words("notice.help")}</p>
    <dl>${lines.map(([use, key]) => html`<div><dt><kbd>${use}</kbd></dt><dd>${words(key)}</dd></div>`)}</dl>`;
}

function operatorsHelp() {
  return [
    [words("help.kickUse"), "help.kick"],
    [words("help.muteUse"), "help.mute"],
    [words("help.unmuteUse"), "help.unmute"],
    ["/quiet, /unquiet", "help.quiet"],
    [words("help.banUse"), "help.ban"],
    [words("help.banAddressUse"), "help.banAddress"],
    [words("help.unbanUse"), "help.unban"],
    ["/bans", "help.bans"],
    ["/close, /open", "help.close"],
    [words("help.removeUse"), "help.remove"],
    [words("help.removeOneUse"), "help.removeOne"],
    ["/clear", "help.clear"],
    ["/acts", "help.acts"],
  ];
}
