"""The test vectors of docs/ledger.md: whoever writes a verifier of their own may trust them."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rules.proving import tree
from rules.proving.signing import Signer, digest, said, signed_by
from schemas.chain import (
    Said,
    canonical,
    closed,
    commitment,
    committed,
    genesis,
    leaf,
    link,
    microseconds,
    moment,
    own_salt,
    step,
)
from schemas.proving import Checkpoint, Head, Signed

DOCUMENT = Path(__file__).parents[2] / "docs" / "ledger.md"
WHERE = "/event/about"


def vectors() -> dict[str, Any]:
    """What the document says."""
    found: dict[str, Any] = json.loads(
        DOCUMENT.read_text(encoding="utf8").split("```json\n")[1].split("```")[0]
    )
    return found


def an_entry(said_there: dict[str, Any], chain: str) -> Said:
    """The entry of the document."""
    return Said(chain=chain, **said_there | {"at": datetime.fromisoformat(said_there["at"])})


def test_an_entry_is_chained_as_the_document_says() -> None:
    """From the entry and its salt to the link, step by step."""
    known = vectors()
    entry, salt = an_entry(known["entry"], known["chain"]), bytes.fromhex(known["salt"])
    assert moment(entry.at) == known["entry"]["at"]
    assert own_salt(salt, WHERE).hex() == known[f"own_salt_of_{WHERE}"]
    stands = commitment(own_salt(salt, WHERE), entry.event["about"])
    assert stands == known[f"commitment_of_{WHERE}"] == known["closed"]["event"]["about"]
    assert json.loads(canonical(closed(entry, committed(salt)))) == known["closed"]
    assert leaf(entry, salt).hex() == known["leaf"]
    since = datetime.fromisoformat("1970-01-01T00:00:00Z") + timedelta(microseconds=known["recorded_at"])
    assert microseconds(since) == known["recorded_at"]
    assert step(leaf(entry, salt), since).hex() == known["step"]
    assert genesis(known["chain"]).hex() == known["genesis"]
    assert link(genesis(known["chain"]), bytes.fromhex(known["step"])).hex() == known["link"]


def test_a_checkpoint_is_made_as_the_document_says() -> None:
    """From the heads to the root, the digest and the signature."""
    known = vectors()
    heads = [Head(**one) for one in known["heads"]]
    grown = tree.levels(tree.ordered(heads))
    assert heads[0].head == known["link"]
    assert [one.hex() for one in grown[0]] == known["tree_leaves"]
    assert tree.root(grown).hex() == known["root"] == known["checkpoint"]["root"]
    assert [one.hex() for one in tree.path(grown, 2)] == known["path_of_the_third"]
    key = Signer(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(known["private_key"])))
    made = Checkpoint(**known["checkpoint"])
    assert (key.id, key.public) == (known["key"], known["public_key"])
    assert said(made) == known["checkpoint"]
    assert digest(made) == known["digest"]
    assert key.sign(made) == known["signature"]
    assert signed_by(
        Signed(checkpoint=made, signatures={key.id: known["signature"]}), {key.id: key.public}, key.id
    )
