/** The address of something that the server has, whatever path of a site it is served under. */
export function addressOf(path) {
  return new URL(`../../${path}`, import.meta.url);
}
