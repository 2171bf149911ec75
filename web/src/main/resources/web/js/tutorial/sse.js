// Server-sent events: the server speaks, the page listens.
// This server has the stream on its own address too, so that a page that came over HTTPS may read it.
const port = new URLSearchParams(location.search).get("port");
const own = location.protocol === "file:" ? "http://localhost:9090" : new URL("voltage", location).href;
const url = port ? `http://${location.hostname || "localhost"}:${port}` : own;

const status = document.getElementById("status");
const voltage = document.getElementById("voltage");
const gauge = document.getElementById("gauge");
const history = document.getElementById("history");

document.getElementById("url").textContent = url;

const source = new EventSource(url);

source.onopen = () => {
  status.dataset.state = "open";
};

source.onmessage = (event) => {
  voltage.textContent = event.data;
  gauge.value = Number(event.data);

  const reading = document.createElement("li");
  reading.textContent = `${event.data} V`;
  history.prepend(reading);
  if (history.children.length > 20) history.lastChild.remove();
};

// The EventSource tries again by itself: nothing to do but to show it.
source.onerror = () => {
  status.dataset.state = "lost";
};
