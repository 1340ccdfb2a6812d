"""Is the measuring part of bench/load/streams."""

import asyncio, json, os, re, subprocess, sys, tempfile, threading

verdict, streams, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
TARGET = 200
GAP, EVENTS = 0.25, 20
PLAN = """\
plan: streams
system:
  existing: {{ model: {{ http: "127.0.0.1:{port}" }} }}
phases:
  - name: one
    suites:
      - name: streams
        load:
          name: tokens
          request: {{ events: "{url}", until: "[DONE]" }}
          users: {streams}
          for: {seconds}s
          timeout: 30s
"""


class Server:
    """Streams an event every quarter of a second, and the last one after five."""

    def __init__(self):
        self.open = self.most = self.ended = 0
        self.loop = asyncio.new_event_loop()
        self.port = None
        self.ready = threading.Event()
        threading.Thread(target=self.run, daemon=True).start()
        self.ready.wait()

    def run(self):
        self.loop.run_until_complete(self.listen())
        self.loop.run_forever()

    async def listen(self):
        server = await asyncio.start_server(self.answer, "127.0.0.1", 0, backlog=4096)
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()

    async def answer(self, reader, writer):
        try:
            await reader.readuntil(b"\r\n\r\n")
            self.open += 1
            self.most = max(self.most, self.open)
            try:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
                for event in range(EVENTS):
                    writer.write(b"data: token %d of an answer that a model gives\n\n" % event)
                    await writer.drain()
                    await asyncio.sleep(GAP)
                writer.write(b"data: [DONE]\n\n")
                await writer.drain()
                self.ended += 1
            finally:
                self.open -= 1
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # One who only looks whether somebody listens.
        finally:
            writer.close()


def peak(pid):
    """Returns the largest memory that a process has had resident, in MB."""
    text = open(f"/proc/{pid}/status").read()
    return int(re.search(r"VmHWM:\s+(\d+)", text)[1]) / 1024


def measure(name, url):
    server = Server()
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "verdict.yaml"), "w") as plan:
            plan.write(PLAN.format(port=server.port, streams=streams, seconds=seconds, url=url.format(port=server.port)))
        run = subprocess.Popen([verdict, "run", folder], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        most = 0
        while True:
            try:
                most = max(most, peak(run.pid))
            except (OSError, TypeError):
                pass
            try:
                said, _ = run.communicate(timeout=0.2)
                break
            except subprocess.TimeoutExpired:
                pass
        if server.most < streams or run.returncode != 0:
            print(said)
        met = "met" if most < TARGET and server.most >= streams and run.returncode == 0 else "missed"
        print(
            f"{name:<9} {server.most} streams at once, {server.ended} read, exit {run.returncode},"
            f" peak {most:.0f} MB; target < {TARGET}: {met}",
            flush=True,
        )
        return met == "met"


results = [measure("gateway", "${{model.http.url}}/"), measure("straight", "http://127.0.0.1:{port}/")]
sys.exit(0 if all(results) else 1)
