"""The Graph API as dlt's REST client asks it: objects, lists page by page, jobs.

The token is in a header. Links to next pages, which Meta writes the token into, are not followed:
the cursor in them is.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dlt.common.configuration.specs import RuntimeConfiguration
from dlt.sources.helpers.rest_client.auth import BearerTokenAuth
from dlt.sources.helpers.rest_client.client import RESTClient
from dlt.sources.helpers.rest_client.paginators import BaseReferencePaginator
from requests import Request, Response

from orchestration.sources.connector import SourceError
from orchestration.sources.meta_api.faults import TooMuchDataError
from orchestration.sources.meta_api.session import Patience, PatientSession
from orchestration.workspace.source_settings.meta_api import MetaApiSettings

Row = dict[str, Any]
Params = Mapping[str, object]


class GraphPaginator(BaseReferencePaginator):
    """Goes on with the cursor of a page for as long as Meta names a next page.

    A page without rows may have a next one, and the last page has a cursor too: only `paging.next`
    says whether there is more.
    """

    def __init__(self) -> None:
        super().__init__()
        self._seen: set[str] = set()

    @property
    def cursor(self) -> str | None:
        """What the next page follows; None where there is none."""
        return self._next_reference

    def update_state(self, response: Response, data: list[Any] | None = None) -> None:
        """Take the cursor of an answer; an answer that is not a page is an error, not the end."""
        body = response.json()
        paging = body.get("paging") or {}
        if not isinstance(body.get("data"), list):
            raise SourceError(f"Meta answered {_path(response)} with an object instead of a page")
        cursor = _cursor(paging) if paging.get("next") else None
        if paging.get("next") and (not cursor or cursor in self._seen):
            raise SourceError(f"Meta names a next page of {_path(response)} but no way to it")
        if cursor:
            self._seen.add(cursor)
        self._next_reference = cursor

    def update_request(self, request: Request) -> None:
        """Ask for what follows the cursor."""
        params: dict[str, Any] = dict(request.params or {})  # type: ignore[arg-type]
        request.params = {**params, "after": self.cursor}


class Graph:
    """Meta's Graph API for one token.

    Attributes:
        patience: How it waits.
    """

    def __init__(self, settings: MetaApiSettings, token: str, patience: Patience) -> None:
        self.patience = patience
        self._page_size = settings.page_size
        self._client = RESTClient(
            base_url=f"{settings.base_url}/{settings.api_version}",
            auth=BearerTokenAuth(token=token),
            session=PatientSession(settings, token, patience),
            # Given, so that it is not looked up in the environment and in files.
            config=RuntimeConfiguration(dlthub_telemetry=False),
        )

    def read(self, path: str, params: Params) -> Row:
        """Read an object, or several by `ids`.

        Raises:
            SourceError: If it cannot be read; see `session.py`.
        """
        body: Row = self._client.get(path, params=_written(params)).json()
        return body

    def start(self, path: str, params: Params) -> Row:
        """Start a job.

        Raises:
            SourceError: If it cannot be started.
        """
        body: Row = self._client.post(path, data=_written(params)).json()
        return body

    def pages(self, path: str, params: Params) -> Iterator[list[Row]]:
        """Read a list page by page; where pages are too large for Meta, the rest in smaller ones.

        Raises:
            TooMuchDataError: If it will not even give single rows.
            SourceError: If a page cannot be read: the pages before it are not the whole list.
        """
        cursor: str | None = None
        size = self._page_size
        while True:
            paginator = GraphPaginator()
            asked = {**params, "limit": size, **({"after": cursor} if cursor else {})}
            try:
                for page in self._client.paginate(
                    path,
                    params=_written(asked),
                    paginator=paginator,
                    data_selector="data",
                    # The session judges answers; the client would by their status alone.
                    hooks={"response": []},
                ):
                    cursor = paginator.cursor
                    yield list(page)
            except TooMuchDataError:
                if size == 1:
                    raise
                size = max(1, size // 2)
                self.patience.report(f"{path}: going on with pages of {size} rows")
                continue
            return

    def rows(self, path: str, params: Params) -> list[Row]:
        """Read a whole list.

        Raises:
            SourceError: As `pages`.
        """
        return [row for page in self.pages(path, params) for row in page]

    def first_rows(self, path: str, params: Params, limit: int) -> list[Row]:
        """Read the first rows of a list.

        Raises:
            SourceError: As `read`.
        """
        found: list[Row] = self.read(path, {**params, "limit": limit}).get("data") or []
        return found[:limit]


def _cursor(paging: Mapping[str, Any]) -> str | None:
    given = (paging.get("cursors") or {}).get("after")
    in_link = parse_qs(urlsplit(str(paging["next"])).query).get("after", [None])[0]
    return given or in_link


def _path(response: Response) -> str:
    return urlsplit(response.url).path


def _written(params: Params) -> dict[str, Any]:
    """Parameters as the Graph API reads them: lists and objects in JSON, fields with commas."""
    return {
        name: ",".join(value)
        if name in {"fields", "ids", "breakdowns"} and isinstance(value, list | tuple)
        else json.dumps(value, separators=(",", ":"))
        if isinstance(value, list | tuple | dict)
        else value
        for name, value in params.items()
    }
