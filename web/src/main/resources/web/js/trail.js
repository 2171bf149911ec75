/** The rooms that one went through: each is an entry of the browser's history, so that back and forward lead through them. */
export class Trail {
  #goTo;
  #place; // the entry of the room that one is in; entries are counted
  #asked = false; // the browser went to another entry, and nobody has come into its room yet
  #begun = false;

  /** @param {(room: string) => "there" | "asked" | "refused"} goTo called when the browser goes to another entry */
  constructor(goTo) {
    this.#goTo = goTo;
    this.#place = history.state?.place ?? 0;
    history.replaceState({ place: this.#place }, "");
    addEventListener("popstate", () => this.#wander());
  }

  /** The room that the address names, or null. */
  get room() {
    return new URLSearchParams(location.search).get("room")?.toLowerCase() ?? null;
  }

  /** One is in that room now. */
  entered(room) {
    if (this.room === room) this.#place = history.state.place;
    else if (this.#asked) this.#goBack();
    else this.#add(room);
    this.#asked = false;
    this.#begun = true;
  }

  /** The room that the browser went to can't be entered: the address names again where one is. */
  stayed() {
    if (this.#asked) this.#goBack();
    this.#asked = false;
  }

  #wander() {
    // A link within the page (`#main`) makes an entry as well.
    if (!history.state) history.replaceState({ place: this.#place + 1 }, "");
    const how = this.#goTo(this.room ?? "main");
    this.#asked = how !== "there";
    if (how === "there") this.#place = history.state.place;
    if (how === "refused") this.stayed();
  }

  #add(room) {
    const here = new URL(location.href);
    here.searchParams.set("room", room);
    // The entrance is no place to go back to.
    if (this.#begun) history.pushState({ place: ++this.#place }, "", here);
    else history.replaceState({ place: this.#place }, "", here);
  }

  #goBack() {
    const way = this.#place - history.state.place;
    if (way) history.go(way); // 0 would load the page anew
  }
}
