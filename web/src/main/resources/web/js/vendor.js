// The libraries, each at the version that the build fills in from the parent pom.
export { html, nothing, render } from "../webjars/lit-html/${lit-html.version}/lit-html.js";
export { repeat } from "../webjars/lit-html/${lit-html.version}/directives/repeat.js";
export { guard } from "../webjars/lit-html/${lit-html.version}/directives/guard.js";
