// A WebSocket: once it is open, both sides can speak at any time.
const page = location.host ? location.href : "http://localhost:8080/tutorial/";
const url = new URL("../testing", page).href.replace("http", "ws"); // and https becomes wss

const status = document.getElementById("status");
const text = document.getElementById("text");
const send = document.getElementById("send");
const log = document.getElementById("log");

document.getElementById("url").textContent = url;
send.disabled = true;

const socket = new WebSocket(url);

socket.onopen = () => {
  status.dataset.state = "open";
  send.disabled = false;
};

socket.onmessage = (event) => show("←", event.data);

socket.onclose = () => {
  status.dataset.state = "lost";
  send.disabled = true;
};

document.getElementById("form").onsubmit = (event) => {
  event.preventDefault(); // or the browser would load the page anew
  if (text.value === "") return;
  socket.send(text.value);
  show("→", text.value);
  text.value = "";
};

// textContent, never innerHTML: what others send must stay text.
function show(direction, message) {
  const line = document.createElement("li");
  line.dir = "auto";
  line.textContent = `${direction} ${message}`;
  log.append(line);
}
