"""Check an archive: python verify_ledger.py archive.zip [KEY or NUMBER:DIGEST that you kept ...]."""

import json
import sys
import zipfile
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey as Ed

TAG, HEX, WRONG = b"answerable/ledger/1/", bytes.fromhex, "WRONG: "
CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def check_proof(proof: Any, said: Any) -> dict[int, str]:
    of, steps, shown = proof["chain"], proof["steps"], dict[int, str]()
    top = sha256(TAG + b"genesis\n" + of.encode()).digest()
    for step in steps:
        top = sha256(TAG + b"link\n" + top + HEX(step)).digest()
    for one in proof["shown"]:
        closed, event = one["closed"], one["closed"]["event"]
        leaf = sha256(TAG + b"entry\n" + CANONICAL(closed).encode()).digest()
        step = sha256(TAG + b"step\n" + leaf + one["recorded_at"].to_bytes(8, "big")).hexdigest()
        [step] == steps[closed["version"] - 1 :][:1] or sys.exit(f"{WRONG}an entry of {of}")
        for name, (salt, value) in one["opened"].items():
            own = sha256(TAG + b"value\n" + HEX(salt) + value.encode()).hexdigest()
            own == event[name] or sys.exit(f"{WRONG}the {name} of an entry of {of}")
            shown |= {event["version"]: value} if name == "fingerprint" else {}
    at, size, path = proof["index"], said["chains"], [HEX(one) for one in proof["path"]]
    node = sha256(b"\0" + CANONICAL({"chain": of, "head": top.hex(), "length": len(steps)}).encode()).digest()
    while size > 1:
        if at ^ 1 < size:
            node = sha256(b"\1" + (path.pop(0) + node if at & 1 else node + path.pop(0))).digest()
        at, size = at // 2, (size + 1) // 2
    node.hex() == said["root"] or sys.exit(f"{WRONG}{of} does not lead to checkpoint {said['number']}")
    return shown


with zipfile.ZipFile(sys.argv[1]) as archive:
    files = {it: json.loads(archive.read(it)) for it in archive.namelist() if it.endswith(".json")}
signed, keys, kept = files["ledger/checkpoints.json"], files["ledger/keys.json"], set(sys.argv[2:])
trusted, seen = {one for one in kept if ":" not in one} or set(keys), list[Any]([None])
for number, one in enumerate(signed, 1):
    said, message = one["checkpoint"], TAG + b"checkpoint\n" + CANONICAL(one["checkpoint"]).encode()
    for name, signature in one["signatures"].items():
        sha256(HEX(keys[name])).hexdigest()[:16] == name or sys.exit(f"{WRONG}the key {name}")
        Ed.from_public_bytes(HEX(keys[name])).verify(HEX(signature), message)  # raises where it is not
    trusted |= {said["key"]} if trusted & set(one["signatures"]) else set()
    [said["number"], said["previous"]] == [number, seen[-1]] or sys.exit(f"{WRONG}checkpoint {number}")
    seen.append(sha256(message).hexdigest())
trusted & set(signed[-1]["signatures"]) or sys.exit(f"{WRONG}the newest checkpoint has an unknown key")
kept <= trusted | {f"{at}:{it}" for at, it in enumerate(seen)} or sys.exit(
    f"{WRONG}what you kept is not here"
)
for name, one in [(it, files[it]) for it in files if "canonical" in files[it]]:
    proof = files.get(f"ledger/proofs/{one['reference']}.json")
    found = check_proof(proof, signed[proof["checkpoint"] - 1]["checkpoint"]) if proof else {}
    digest = sha256(one["canonical"].encode()).hexdigest()
    {digest, found.get(one["version"], digest)} == {one["fingerprint"]} or sys.exit(f"{WRONG}{name}")
    sys.stdout.write(f"{name}: {'proved' if one['version'] in found else 'waits for the next checkpoint'}\n")
