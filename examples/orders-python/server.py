"""The service of ../orders, in Python's standard library, behind the same ../orders/services.yaml.

Who calls, and for which tenant, is in the claims of its principal; there are no keys, no sign-in and no scopes here.
"""

import json
import os
import queue
import re
import sys
import threading
import time
import uuid
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from principal import KeysUnavailable, Verifier

HOST, PORT = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "4100"))
REPORT_ROW_SECONDS = int(os.environ.get("REPORT_ROW_MS", "250")) / 1000
HEARTBEAT_SECONDS = 15
verifier = Verifier(
    os.environ.get("TRIVIUM_URL", "http://localhost:4000"), "orders", os.environ.get("TRIVIUM_JWKS_URL")
)

lock = threading.Lock()
kept = {}
"""Tenant -> its orders, oldest first. A real service has a database, and the tenant in each query."""
followers = {}
"""Tenant -> a queue for each open stream of events."""


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Orders(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "orders", ""

    def do_GET(self):
        self._answer_whole()

    def do_POST(self):
        self._answer_whole()

    def _answer_whole(self):
        self._has_read = False
        self._answer()
        has_body = self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers
        # What nobody has read of a body would be taken for the next request on this connection.
        if has_body and not self._has_read:
            self.close_connection = True

    def _answer(self):
        try:
            tokens = self.headers.get_all("Trivium-Principal", [])
            self._claims = verifier.claims(tokens[0] if len(tokens) == 1 else "")
        except KeysUnavailable:
            return self._refuse(503, "Trivium's keys cannot be fetched")
        except ValueError as error:
            return self._refuse(401, str(error))
        self._tenant = self._claims["tenant_id"]
        url = urlsplit(self.path)
        self._query = parse_qs(url.query)
        for pattern, handler in ROUTES:
            found = re.fullmatch(pattern, f"{self.command} {url.path}")
            if found:
                return handler(self, *found.groups())
        self._refuse(404, "there is no such operation")

    def list_orders(self):
        limit = self._query.get("limit", ["20"])[0]
        if not limit.isdecimal() or not 1 <= int(limit) <= 100:
            return self._refuse(422, "limit is a number from 1 to 100")
        after, limit = self._query.get("after", [None])[0], int(limit)
        all_orders = self._orders()
        start = next((i + 1 for i, order in enumerate(all_orders) if order["id"] == after), 0)
        page = {"orders": all_orders[start : start + limit]}
        if start + limit < len(all_orders):
            page["next"] = page["orders"][-1]["id"]
        self._send(200, page)

    def get_order(self, order_id):
        order = next((one for one in self._orders() if one["id"] == order_id), None)
        if order is None:
            return self._refuse(404, "there is no such order")
        self._send(200, order)

    def create_order(self):
        try:
            body = json.loads(self._body())
            item, quantity = body["item"], body["quantity"]
        except (ValueError, KeyError, TypeError):
            return self._refuse(422, "it needs an item and a quantity")
        if not isinstance(item, str) or type(quantity) is not int or quantity < 1:
            return self._refuse(422, "it needs an item and a quantity")
        order = {"id": str(uuid.uuid4()), "item": item, "quantity": quantity}
        order |= {"created_at": now(), "created_by": self._claims["sub"]}
        with lock:
            kept.setdefault(self._tenant, []).append(order)
            for follower in followers.get(self._tenant, ()):
                follower.put(order)
        self._send(201, order, {"Location": f"/orders/{order['id']}"})

    def daily_report(self):
        """Slow on purpose: a row for each hour of today, with time between them."""
        self._begin_stream("text/csv; charset=utf-8")
        self._chunk("hour,orders,quantity\r\n")
        today = now()[:10]
        for hour in range(24):
            begin = f"{today}T{hour:02}"
            orders = [order for order in self._orders() if order["created_at"].startswith(begin)]
            quantity = sum(order["quantity"] for order in orders)
            self._chunk(f"{begin}:00Z,{len(orders)},{quantity}\r\n")
            time.sleep(REPORT_ROW_SECONDS)
        self._chunk("")

    def order_events(self):
        orders = queue.SimpleQueue()
        with lock:
            followers.setdefault(self._tenant, []).append(orders)
        try:
            self._begin_stream("text/event-stream")
            self._chunk(":\n\n")
            while True:
                try:
                    order = orders.get(timeout=HEARTBEAT_SECONDS)
                    self._chunk(f"event: order.created\ndata: {json.dumps(order)}\n\n")
                except queue.Empty:
                    self._chunk(":\n\n")
        except ConnectionError:  # the caller has left
            self.close_connection = True
        finally:
            with lock:
                followers[self._tenant].remove(orders)

    def _orders(self):
        with lock:
            return list(kept.get(self._tenant, ()))

    def _body(self):
        """Trivium passes chunked bodies on as they are."""
        self._has_read = True
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # trailers
        return body

    def _begin_stream(self, content_type):
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _chunk(self, text):
        """An empty one is the last."""
        data = text.encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def _send(self, status, body, fields=None):
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | (fields or {})).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _refuse(self, status, detail):
        # What is left of a body that was not read would be taken for the next request.
        self.close_connection = True
        fields = {"Content-Type": "application/problem+json", "Connection": "close"}
        self._send(status, {"status": status, "detail": detail}, fields)

    def log_message(self, *_):
        pass


ROUTES = [
    (r"GET /orders", Orders.list_orders),
    (r"POST /orders", Orders.create_order),
    (r"GET /orders/([^/]+)", Orders.get_order),
    (r"GET /reports/daily", Orders.daily_report),
    (r"GET /events", Orders.order_events),
]

if __name__ == "__main__":
    server = ThreadingHTTPServer((HOST, PORT), Orders)
    server.daemon_threads = True
    print(f"orders: http://localhost:{server.server_port}", file=sys.stderr, flush=True)
    server.serve_forever()
