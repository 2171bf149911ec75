// Server-sent events: the server speaks, the page listens.
const port = new URLSearchParams(location.search).get("port") ?? "9090";
const url = `http://${location.hostname || "localhost"}:${port}`;

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
