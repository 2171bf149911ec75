/**
 * Tells the other tabs of this browser which token was used to join.
 *
 * Duplicating a tab copies its session, token included. Without this the two would take the name from each other for ever:
 * now the newer tab keeps it, and the other one stands still.
 */
export class Tabs {
  #channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("prosa") : null;

  joinedWith(token) {
    this.#channel?.postMessage(token);
  }

  /** @param {(token: string) => void} listener hears of the other tabs only */
  onJoined(listener) {
    this.#channel?.addEventListener("message", (event) => listener(event.data));
  }
}
