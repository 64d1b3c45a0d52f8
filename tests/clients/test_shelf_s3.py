"""The shelf in S3: obstore speaks its protocol to a server on this machine (moto), over HTTP."""

from collections.abc import AsyncIterator, Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from clients.shelf import Shelf, Shelved
from clients.stacks import PART
from sealing.files import DamagedError
from tests.clients.test_shelf import cut_off, pieces, put_away_and_removed, read
from tests.clients.test_stacks import RING

TEXT = b"area,number\nWorcester,3\n"
LONG = b"area,number\n" + b"Worcester,3\n" * (PART // 8)
"""An upload of two parts."""
LIMIT = 4 * PART
BUCKET, FOLDER = "evidence", "west-mercia"


class Gone(BytesIO):
    """A file of which the first part can be read."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Some bytes of it. Raises: OSError: beyond the first part."""
        if self.tell() >= PART:
            raise OSError("the disk is gone")
        return super().read(size)


def bucket() -> Any:
    """Amazon's own client, which looks into the bucket beside us."""
    return boto3.client("s3")  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an S3 with an empty bucket."""
    with pytest.MonkeyPatch.context() as environment:
        s3 = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        s3.start()
        host, port = s3.get_host_and_port()
        address = f"http://{host}:{port}"
        for name, value in {
            "AWS_ENDPOINT_URL": address,
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "office",
            "AWS_SECRET_ACCESS_KEY": "not-a-secret",
            "AWS_REGION": "eu-west-2",
            "AWS_DEFAULT_REGION": "eu-west-2",
        }.items():
            environment.setenv(name, value)
        bucket().create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
        yield address
        s3.stop()


@pytest.fixture(params=[None, RING], ids=["open", "sealed"])
async def shelf(request: pytest.FixtureRequest, server: str) -> AsyncIterator[Shelf]:
    """A shelf in a folder of the bucket, without keys and with; what it keeps goes afterwards."""
    assert server
    yield Shelf(f"s3://{BUCKET}/{FOLDER}", request.param)
    for key in lying():
        bucket().delete_object(Bucket=BUCKET, Key=key)


def lying() -> list[str]:
    """Everything that lies in the bucket, by its key."""
    return [one["Key"] for one in bucket().list_objects_v2(Bucket=BUCKET).get("Contents", [])]


@pytest.mark.parametrize("content", [TEXT, LONG], ids=["short", "in parts"])
async def test_a_file_is_kept_once_and_read_again(shelf: Shelf, content: bytes) -> None:
    """In the office's folder, under its digest, encrypted where there are keys, however often it comes."""
    first = await shelf.put(pieces(content[:7], content[7:]), "Data Q1.csv", LIMIT)
    assert isinstance(first, Shelved)
    assert await shelf.put(pieces(content), "Again.csv", LIMIT) == first
    assert await read(shelf, first.digest) == content
    (key,) = lying()
    sealed = shelf.stacks.ring is not None
    assert key == f"{FOLDER}/{first.digest[:2]}/{first.digest}" + (".sealed" if sealed else "")
    raw = bucket().get_object(Bucket=BUCKET, Key=key)["Body"].read()
    assert (raw == content) is not sealed
    facts = await shelf.facts(first.digest)
    assert facts is not None
    assert facts.size == len(content)


async def test_nothing_is_kept_of_what_breaks_off(shelf: Shelf) -> None:
    """On its way to us, or after its first part went to S3: no file, and no half-made upload to pay for."""
    with pytest.raises(ConnectionResetError):
        await shelf.put(cut_off(LONG), "Data.csv", LIMIT)
    with pytest.raises(OSError, match="the disk is gone"):
        await shelf.stacks.write(Gone(LONG), "0" * 64)
    assert lying() == []
    assert "Uploads" not in bucket().list_multipart_uploads(Bucket=BUCKET)


async def test_what_is_put_away_is_opened_by_nobody_and_can_be_removed(shelf: Shelf) -> None:
    """As on a folder, and within the office's folder of the bucket."""
    await put_away_and_removed(shelf, lambda: [PurePosixPath(key).relative_to(FOLDER) for key in lying()])


async def test_what_was_changed_behind_us_is_not_given_out_and_is_mended_by_the_file(shelf: Shelf) -> None:
    """One byte in the bucket is enough; the same file, sent once more, lies there whole again."""
    kept = await shelf.put(pieces(LONG), "Data.csv", LIMIT)
    assert isinstance(kept, Shelved)
    (key,) = lying()
    s3 = bucket()
    raw = bytearray(s3.get_object(Bucket=BUCKET, Key=key)["Body"].read())
    raw[-5] ^= 1
    s3.put_object(Bucket=BUCKET, Key=key, Body=bytes(raw))
    with pytest.raises(DamagedError):
        await shelf.open(kept.digest)
    assert await shelf.put(pieces(LONG), "Data.csv", LIMIT) == kept
    assert await read(shelf, kept.digest) == LONG


@pytest.mark.usefixtures("shelf")
async def test_what_lay_open_is_encrypted_where_it_lies() -> None:
    """When an office gets keys; the open file goes."""
    url = f"s3://{BUCKET}/{FOLDER}"
    kept = await Shelf(url).put(pieces(LONG), "Data.csv", LIMIT)
    assert isinstance(kept, Shelved)
    sealed = Shelf(url, RING)
    for place in [one async for one in sealed.stacks.everything()]:
        await sealed.stacks.write_again(place, BytesIO())
    assert [key.endswith(".sealed") for key in lying()] == [True]
    assert await read(sealed, kept.digest) == LONG


@pytest.mark.usefixtures("shelf")
async def test_a_bucket_that_is_not_there_is_an_error_and_no_empty_shelf(tmp_path: Path) -> None:
    """A file that would be lost there is not said to be kept."""
    wrong = Shelf(f"s3://{tmp_path.name.replace('_', '-').lower()}")
    with pytest.raises(FileNotFoundError):
        await wrong.put(pieces(TEXT), "Data.csv", LIMIT)
