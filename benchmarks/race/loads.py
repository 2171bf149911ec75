"""Servers to race, and the load generator `herd`: how they are started, and what one run of a load tells."""
import json, os, shutil, socket, subprocess, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
HOME = os.path.dirname(os.path.dirname(HERE))
PEERS = os.path.join(HERE, "peers")
MODULES = os.path.join(os.environ.get("PEERS", os.path.expanduser("~/.cache/peers")), "node_modules")
BUILD = os.path.join(HOME, "target", "race")
CERT, KEY = BUILD + "/cert.pem", BUILD + "/key.pem"

# One room, subscribers x messages a second. `awake` is `hall` to a load generator that does not nap for 1 ms before it reads.
SCENARIOS = {
    "busy":  "-n 1000 -p 4 --rate 100 --size 64 --warmup 5 --seconds 8 --nap 1000",
    "storm": "-n 1000 -p 4 --rate 1000 --size 64 --warmup 5 --seconds 8 --nap 1000",
    "hall":  "-n 9000 -p 4 --rate 10 --size 64 --warmup 5 --seconds 10 --nap 1000 --src-ips 3",
    "awake": "-n 9000 -p 4 --rate 10 --size 64 --warmup 5 --seconds 10 --src-ips 3",
    "small": "-n 50 -p 5 --rate 20 --size 64 --warmup 5 --seconds 8",
}
IDLE = "-n 9000 --idle 6 --src-ips 3"
FIRST_MINUTE = "-n 50 -p 5 --rate 20 --size 64 --warmup 0 --seconds 30"
CHURN = "-n 9000 --churn 5 --src-ips 3"
WIRES = ("ws", "sse", "tcp")
ENCRYPTED = ("wss", "sses", "tcps")
NAMES = {"ws": "Prosa, WebSocket", "sse": "Prosa, SSE", "tcp": "Prosa, TCP", "bun": "Bun (uWebSockets), WebSocket",
         "limit": "C, bare system calls", "node": "Node `ws`", "nchan": "Nchan (nginx), WebSocket",
         "wss": "Prosa, wss", "sses": "Prosa, SSE over TLS", "tcps": "Prosa, TCP over TLS", "bun-tls": "Bun (uWebSockets), wss",
         "nchan-tls": "Nchan (nginx), wss"}


def wait_for(port, seconds=60):
    """Until something listens there; how long it took, in seconds."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return time.monotonic() - began
        except OSError:
            time.sleep(0.002)
    raise SystemExit(f"nothing listens on {port}")


def tls():
    """gcc's options for a herd that speaks TLS, if libssl-dev is there."""
    there = subprocess.run(["gcc", "-E", "-include", "openssl/ssl.h", "-x", "c", "/dev/null"], capture_output=True).returncode == 0
    return ["-DTLS", "-lssl", "-lcrypto"] if there else []


def build():
    os.makedirs(BUILD, exist_ok=True)
    for name, source, more in (("herd", HERE, tls()), ("limit", PEERS, [])):
        subprocess.check_call(["gcc", "-O2", "-w", "-o", f"{BUILD}/{name}", f"{source}/{name}.c", "-lm", "-lpthread", *more])


def certificate():
    """One for all that speak TLS, and nginx's configuration beside it."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj",
                    "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", CERT, "-keyout", KEY], check=True, capture_output=True)
    os.chmod(KEY, 0o600)
    with open(PEERS + "/nchan.conf") as plain, open(BUILD + "/nchan-tls.conf", "w") as encrypted:
        encrypted.write(plain.read().replace("#tls ", ""))


class Peer:
    """A server of somebody else's, started for one run."""

    COMMANDS = {  # name: (command, port, subscribers, publishers)
        "bun": ([MODULES + "/.bin/bun", PEERS + "/bun-room.js", "7101"], 7101, "ws:7101/chat", "ws:7101/chat"),
        "limit": ([BUILD + "/limit", "7131"], 7131, "tcp:7131", "tcp:7131"),
        "node": (["node", PEERS + "/node-room.js", "7111"], 7111, "ws:7111/chat", "ws:7111/chat"),
        "nchan": (["nginx", "-p", BUILD, "-c", PEERS + "/nchan.conf"], 7121, "ws:7121/chat", "post:7121/pub"),
        "bun-tls": ([MODULES + "/.bin/bun", PEERS + "/bun-room.js", "7102", CERT, KEY], 7102, "wss:7102/chat", "wss:7102/chat"),
        "nchan-tls": (["nginx", "-p", BUILD, "-c", BUILD + "/nchan-tls.conf"], 7122, "wss:7122/chat", "posts:7122/pub"),
    }

    def __init__(self, name):
        self.command, self.port, self.subscribers, self.publishers = self.COMMANDS[name]
        self.name, self.options = name, []

    def there(self):
        return os.path.exists(self.command[0]) or shutil.which(self.command[0]) is not None

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env={**os.environ, "NODE_PATH": MODULES})
        wait_for(self.port)
        time.sleep(0.7)
        self.pid = self.process.pid
        if self.name.startswith("nchan"):  # the master has one worker, which does the work
            self.pid = int(subprocess.check_output(["pgrep", "-P", str(self.pid)]).split()[0])
        return self

    def __exit__(self, *ignored):
        self.process.terminate()
        self.process.wait()
        time.sleep(0.5)


class Prosa:
    """A Prosa on ports of its own, with a new history, kept in memory unless told otherwise."""

    def __init__(self, folder=None, keep=False, ports=(18080, 12323), java="", encrypted=False):
        self.folder = folder or tempfile.mkdtemp(prefix="prosa-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
        self.keep = keep
        self.HTTP, self.TCP = ports
        self.java = java
        self.HTTPS, self.TCPS = (18443, 12324) if encrypted else (None, None)

    def __enter__(self):
        # A new session: Ctrl-C is for the race, which then ends what it has started.
        self.process = subprocess.Popen(
            [HOME + "/prosa", "--data-dir", self.folder, "--http-port", str(self.HTTP), "--tcp-port", str(self.TCP), "--tutorial-port", "0", *self.encryption()],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            env={**os.environ, "JAVA_OPTS": f"{os.environ.get('JAVA_OPTS', '')} {self.java}".strip()})
        self.started_in = max(wait_for(self.HTTP), 0)
        wait_for(self.TCP)
        self.pid = self.process.pid  # the launcher becomes the JVM
        return self

    def encryption(self):
        return ["--tls-cert", CERT, "--tls-key", KEY, "--https-port", str(self.HTTPS), "--tcp-tls-port", str(self.TCPS)] if self.HTTPS else []

    def __exit__(self, *ignored):
        self.process.terminate()
        self.process.wait()
        if not self.keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def on(self, wire, run=""):
        """What to give to `load` for this wire; names differ by `run`, as those of the last one may not be free yet."""
        view = Prosa.__new__(Prosa)
        view.pid = self.pid
        view.subscribers = {"ws": f"ws:{self.HTTP}/chat?name={run}s%d", "sse": f"sse:{self.HTTP}/feed", "tcp": f"tcp:{self.TCP}",
                            "wss": f"wss:{self.HTTPS}/chat?name={run}s%d", "sses": f"sses:{self.HTTPS}/feed", "tcps": f"tcps:{self.TCPS}"}[wire]
        view.publishers = (f"wss:{self.HTTPS}" if wire in ENCRYPTED else f"ws:{self.HTTP}") + f"/chat?name={run}p%d"
        view.options = ["--hello", f"{run}s%d"] if wire in ("tcp", "tcps") else []
        return view


def load(server, scenario, *more):
    """Runs one load; herd's figures as a dictionary."""
    speaking = [] if "--idle" in scenario or "--churn" in scenario else ["--pub", server.publishers, "--pub-is-sub"]
    command = [BUILD + "/herd", "-q", "--sub", server.subscribers, *speaking, *scenario.split(), *server.options, *more, "--pid", str(server.pid)]
    out = subprocess.run(command, capture_output=True, text=True, timeout=240)
    try:
        return json.loads(out.stdout.strip().splitlines()[-1])
    except (IndexError, ValueError):
        raise SystemExit(f"{' '.join(command)}\n{out.stdout[-500:]}{out.stderr[-500:]}")
