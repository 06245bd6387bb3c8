"""A tenant's back end, with nothing but Python's standard library: creates an order, and lists all of them.

    TRIVIUM_URL=http://localhost:4000 TRIVIUM_CLIENT_ID=... TRIVIUM_CLIENT_SECRET=... python3 orders.py "Desk lamp" 2

The API key comes from the environment: arguments can be read by everybody on the machine.
"""

import base64
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

ATTEMPTS = 3


def call(method, path, body=None):
    """@returns the answer's JSON; ends the program with the reason where the API refuses"""
    request = urllib.request.Request(URL + path, method=method)
    request.add_header("Authorization", f"Basic {CREDENTIAL}")
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            # 429: nothing was done, so it may be sent again. Others might have been.
            if error.code == 429 and attempt < ATTEMPTS:
                seconds = int(error.headers.get("Retry-After", "1"))
                print(f"too many requests; waiting {seconds} s", file=sys.stderr)
                time.sleep(seconds)
                continue
            if error.code == 401:
                sys.exit(f"{method} {path}: the API key is refused; was it rotated or deleted? {error.read().decode()}")
            sys.exit(f"{method} {path}: {error.code} {error.read().decode()}")
        except OSError as error:
            # Of a POST nobody knows whether it was carried out.
            sys.exit(f"{method} {path}: no answer ({error})")


def all_orders():
    """Page by page."""
    query = {"limit": "100"}
    while True:
        page = call("GET", f"/orders/orders?{urllib.parse.urlencode(query)}")
        yield from page["orders"]
        if "next" not in page:
            return
        query["after"] = page["next"]


def main():
    if len(sys.argv) == 3:
        order = call("POST", "/orders/orders", {"item": sys.argv[1], "quantity": int(sys.argv[2])})
        print(f"created {order['id']}")
    for order in all_orders():
        print(f"{order['created_at']}  {order['quantity']:>4}  {order['item']}")


if __name__ == "__main__":
    try:
        URL = os.environ["TRIVIUM_URL"].rstrip("/")
        key = f"{os.environ['TRIVIUM_CLIENT_ID']}:{os.environ['TRIVIUM_CLIENT_SECRET']}"
    except KeyError as missing:
        sys.exit(f"{missing.args[0]} is not set; see the beginning of {__file__}")
    CREDENTIAL = base64.b64encode(key.encode()).decode()
    main()
