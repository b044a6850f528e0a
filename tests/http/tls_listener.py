#!/usr/bin/env python3
"""tls_listener.py CERTIFICATE KEY PORT_FILE: answers every POST over TLS with 204; the port it found is in the file."""
import http.server
import os
import ssl
import sys


class Listener(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        pass  # a client that does not believe the certificate hangs up


certificate, key, port_file = sys.argv[1:]
server = Server(("127.0.0.1", 0), Listener)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
with open(port_file + ".part", "w", encoding="ascii") as file:
    file.write(str(server.server_port))
os.rename(port_file + ".part", port_file)
server.serve_forever()
