// The plots' library, at the version that the build fills in from the parent pom.
export { default as Plot } from "../../webjars/uplot/${uplot.version}/dist/uPlot.esm.js";
export const PLOT_STYLE = new URL("../../webjars/uplot/${uplot.version}/dist/uPlot.min.css", import.meta.url).href;
