"""Examples of what is sent and answered, of the demonstration: the cycle of 2026 and its people."""

from typing import Any

KEY = "tracker-2026-11-23-0001"
EXAMPLES: dict[tuple[str, str], Any] = {
    ("get", "/api/v1/me"): {
        "person": "policy-officer", "title": "Policy officer", "role": "policy_officer", "scopes": ["read"],
        "until": "2027-02-21T09:00:00Z",
    },
    ("post", "/api/v1/commands"): {
        "kind": "AcceptReturn", "cycle": "HTA-2026-01", "key": KEY, "request": 1,
    },
    ("post", "/api/v1/programme/commands"): {
        "kind": "DropSlot", "key": KEY, "slot": "2027/03", "reason": {"say": "Asked in another cycle."},
    },
    ("post", "/api/v1/meetings/{reference}/commands"): {
        "kind": "CancelSession", "key": KEY, "reason": {"say": "The room is not free."},
    },
    ("post", "/api/v1/cycles/{reference}/what-if"): {"force_late": "6", "session_moves": "7"},
}  # fmt: skip
