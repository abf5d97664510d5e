"""The body of a call: a form, or a form in parts when it carries files."""

import io
from urllib.parse import urlencode

from aiohttp import MultipartWriter, Payload, hdrs
from aiohttp.payload import BytesPayload
from telegram.request import RequestData

# As browsers do it (html.spec.whatwg.org, multipart form data): the rest stays plain UTF-8.
# Telegram's server reads `filename` literally and knows no `filename*`: tdlib/td, HttpReader.cpp.
_ESCAPED = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


def body_of(data: RequestData | None) -> Payload | None:
    """Return what the Bot API expects for these parameters and files."""
    if data is None:
        return None
    if data.contains_files:
        return _in_parts(data)
    form = data.json_parameters
    if not form:
        return None
    return BytesPayload(urlencode(form).encode(), content_type="application/x-www-form-urlencoded")


def _in_parts(data: RequestData) -> Payload:
    parts = MultipartWriter("form-data")
    for name, value in data.json_parameters.items():
        parts.append(value, {hdrs.CONTENT_DISPOSITION: f'form-data; name="{_plain(name)}"'})
    for name, (filename, content, kind) in data.multipart_data.items():
        parts.append(
            io.BytesIO(content) if isinstance(content, bytes) else content,
            {
                hdrs.CONTENT_DISPOSITION: (
                    f'form-data; name="{_plain(name)}"; filename="{_plain(filename)}"'
                ),
                hdrs.CONTENT_TYPE: kind,
            },
        )
    return parts


def _plain(text: str) -> str:
    return text.translate(_ESCAPED)
