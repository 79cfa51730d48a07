"""A real mail server for one test. Its first line says the port; each letter that it takes is one line of JSON.

Who is called `gone@…` is unknown for ever, who is called `busy@…` only the first time. With `--password` it asks for one.
"""

import asyncio
import json
import sys
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self):
        self.busy = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "gone":
            return "550 No such mailbox"
        if name == "busy" and address not in self.busy:
            self.busy.add(address)
            return "451 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = message_from_bytes(envelope.content, policy=policy.default)
        headers = {name.lower(): str(value) for name, value in letter.items()}
        said = {"to": envelope.rcpt_tos, "headers": headers, "text": letter.get_content().replace("\r\n", "\n")}
        print(json.dumps(said), flush=True)
        return "250 OK"


def check(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"exams", b"s3cret/"))


async def serve():
    handler, secret = Handler(), "--password" in sys.argv
    more = {"authenticator": check, "auth_required": True, "auth_require_tls": False} if secret else {}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, **more), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve())
