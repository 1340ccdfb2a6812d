"""Is the measuring part of bench/load/run."""

import json, os, re, shutil, signal, socket, statistics, subprocess, sys, tempfile, threading, time, urllib.request

verdict, java, rounds, seconds, parts = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5:]
TICK = os.sysconf("SC_CLK_TCK")
WARM_UP = 3
STALL_RATE, STALL_LENGTH = 5000, 10
NGINX = """\
worker_processes 1;
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location / {{ return 200 "{body}"; }}
        location = /status {{ stub_status; }}
    }}
}}
"""


def free():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def counted():
    """Returns how many requests nginx has served."""
    text = urllib.request.urlopen(url + "status", timeout=10).read().decode()
    return int(text.splitlines()[2].split()[2])


def tree(pid):
    """Returns a process and all below it."""
    found = [pid]
    for one in found:
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                found += [int(child) for child in open(f"/proc/{one}/task/{task}/children").read().split()]
        except OSError:
            pass
    return found


def cpu(pid):
    total = 0
    for one in tree(pid):
        try:
            fields = open(f"/proc/{one}/stat").read().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])
        except OSError:
            pass
    return total / TICK


def peak(pid):
    """Returns the largest memory that one of the processes has had resident, in MB."""
    most = 0
    for one in tree(pid):
        try:
            text = open(f"/proc/{one}/status").read()
            most = max(most, int(re.search(r"VmHWM:\s+(\d+)", text)[1]) / 1024)
        except (OSError, TypeError):
            pass
    return most


def tools(length):
    """Returns the command for as many requests as go over 64 connections, for each tool that is there."""
    all = {"verdict": [verdict, "load", url, "--users", "64", "--for", f"{length}s", "--threads", "1"]}
    if shutil.which("wrk"):
        all["wrk"] = ["wrk", "-t1", "-c64", f"-d{length}s", url]
    if shutil.which("ab"):
        all["ab"] = ["ab", "-q", "-k", "-c64", f"-t{length}", "-n100000000", url]
    if shutil.which("hey"):
        all["hey"] = ["hey", "-c", "64", "-z", f"{length}s", url]
    if os.environ.get("AUTOCANNON"):
        all["autocannon"] = ["node", os.environ["AUTOCANNON"], "-c", "64", "-d", str(length), url]
    folder = os.environ["GATLING"]
    classes = folder + ":" + open(folder + "/class-path").read()
    all["Gatling"] = [java, "--add-opens=java.base/java.lang=ALL-UNNAMED", f"-Durl={url}", f"-Dseconds={length}", "-cp", classes,
                      "io.gatling.app.Gatling", "-s", "GatlingSide", "-nr", "-rf", folder + "/results"]
    return all


def start(command, **how):
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, **how)


def window(command):
    """Runs a tool and returns CPU s per 100,000 requests, requests a second, and MB, in the window."""
    one = start(command)
    try:
        before = counted()
        while counted() < before + 1000:
            if one.poll() is not None:
                sys.exit(f"{command} sent nothing")
            time.sleep(0.05)
        time.sleep(WARM_UP)
        first, used, began = counted(), cpu(one.pid), time.monotonic()
        time.sleep(seconds)
        last, used, took = counted(), cpu(one.pid) - used, time.monotonic() - began
        memory = peak(one.pid)
    finally:
        one.send_signal(signal.SIGINT)
        try:
            one.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            one.kill()
            one.communicate()
    return used / (last - first) * 1e5, (last - first) / took, memory


def users():
    samples = {}
    for _ in range(rounds):
        for name, command in tools(seconds + WARM_UP + 4).items():
            samples.setdefault(name, []).append(window(command))
    print(f"\n64 connections as fast as they go: medians of {rounds}; load average {os.getloadavg()[0]:.1f}")
    print(f"{'':12} {'CPU s/100k':>10} {'requests/s':>11} {'MB':>5}")
    for name, runs in samples.items():
        columns = [statistics.median(column) for column in zip(*runs)]
        print(f"{name:12} {columns[0]:10.3f} {columns[1]:11,.0f} {columns[2]:5.0f}")
    for name, target in [("wrk", 1), ("ab", None), ("hey", 0.25), ("autocannon", None), ("Gatling", 0.5)]:
        if name in samples:
            ratios = sorted(ours[0] / theirs[0] for ours, theirs in zip(samples["verdict"], samples[name]))
            bound = f"; target <= {target}" if target else ""
            print(f"CPU per request to {name}'s: median {statistics.median(ratios):.2f}, "
                  f"{ratios[0]:.2f} to {ratios[-1]:.2f}{bound}")


def worker(master):
    return int(open(f"/proc/{master}/task/{master}/children").read().split()[0])


def stall():
    """Stops the worker for a second in mid-run. Of T seconds' requests, those due in that second wait from
    a second down to nothing, so that the 99th percentile is 1 s - 0.01 T."""
    print(f"\n{STALL_RATE}/s for {STALL_LENGTH} s, the worker stopped for 1 s; {rounds} rounds")
    for _ in range(rounds):
        command = [verdict, "load", url, "--rate", f"{STALL_RATE}/s", "--for", f"{STALL_LENGTH}s", "--json"]
        before = counted()
        one = start(command)
        while counted() < before + 4 * STALL_RATE:
            time.sleep(0.05)
        stopped = worker(nginx.pid)
        try:
            os.kill(stopped, signal.SIGSTOP)
            began = time.monotonic()
            time.sleep(1)
        finally:
            os.kill(stopped, signal.SIGCONT)
            took = time.monotonic() - began
        memory = 0
        while one.poll() is None:
            memory = max(memory, peak(one.pid))
            time.sleep(0.1)
        result = json.loads(one.stdout.read())
        honest = 1000 * took - 10 * STALL_LENGTH
        said = result["milliseconds"]["response"]["p99"]
        print(f"p99 {said:.0f} ms, honest {honest:.0f} ms: {100 * (said / honest - 1):+.1f} %, target 3 %; "
              f"p50 {result['milliseconds']['response']['p50']:.3f} ms; "
              f"{result['requests']} requests, {'valid' if result['valid'] else result['invalid']}; "
              f"{memory:.0f} MB, target < 150")


def first():
    """Measures how long the first request and the help take from the command on."""
    waits, helps = [], []
    for _ in range(rounds):
        with socket.create_server(("127.0.0.1", 0)) as server:
            began = time.monotonic()
            one = start([verdict, "load", f"http://127.0.0.1:{server.getsockname()[1]}/", "--users", "1", "--for", "1s"])
            connection, _ = server.accept()
            connection.recv(1)
            waits.append(time.monotonic() - began)
            connection.close()
        one.kill()
        one.wait()
        began = time.monotonic()
        subprocess.run([verdict, "load", "--help"], stdout=subprocess.DEVNULL, check=True)
        helps.append(time.monotonic() - began)
    for what, took, bound in [("first request", waits, 0.6), ("load --help", helps, 0.2)]:
        print(f"{what}: median {statistics.median(took):.3f} s, {min(took):.3f} to {max(took):.3f}; "
              f"target <= {bound}; load average {os.getloadavg()[0]:.1f}")


def many():
    print("\n1,000 connections, as fast as they go")
    one = start([verdict, "load", url, "--users", "1000", "--for", f"{seconds}s", "--json"])
    memory = 0
    while one.poll() is None:
        memory = max(memory, peak(one.pid))
        time.sleep(0.1)
    result = json.loads(one.stdout.read())
    print(f"{result['connections']} connections, {result['perSecond']:,.0f}/s, errors {result['errors']}; "
          f"{memory:.0f} MB, target < 200")


with tempfile.TemporaryDirectory() as folder:
    port = free()
    url = f"http://127.0.0.1:{port}/"
    with open(folder + "/nginx.conf", "w") as file:
        file.write(NGINX.format(folder=folder, port=port, body="x" * 63))
    nginx = subprocess.Popen(["nginx", "-c", folder + "/nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                counted()
                break
            except OSError:
                time.sleep(0.1)
        for part in parts:
            {"users": users, "stall": stall, "many": many, "first": first}[part]()
    finally:
        nginx.terminate()
        nginx.wait(20)
