"""The one table of refusals: which status each has, and whether the page has to be read afresh."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from pydantic import ValidationError

from schemas.outcomes import Refused


@dataclass(frozen=True)
class Treatment:
    """How a refusal is answered. `stale` means that the record has moved on since the page was made."""

    status: HTTPStatus
    stale: bool = False


WRONG = Treatment(HTTPStatus.UNPROCESSABLE_ENTITY)
"""What was typed can be mended and sent again."""
CONFLICT = Treatment(HTTPStatus.CONFLICT)
"""It may not be done, or not by this person."""
STALE = Treatment(HTTPStatus.CONFLICT, stale=True)
"""It was right when the page was made; the record has moved on."""

TABLE: Mapping[str, Treatment] = {
    "acting_cannot": CONFLICT,
    "action_state": STALE,
    "already_claimed": STALE,
    "claim_decided": STALE,
    "claim_refused": WRONG,
    "clarification_open": STALE,
    "covers_backwards": WRONG,
    "day_or_days": WRONG,
    "duplicate_lead": WRONG,
    "may_not_sign_off": WRONG,
    "needs_certificate": CONFLICT,
    "needs_chief_executive": CONFLICT,
    "no_such_meeting": WRONG,
    "not_the_meetings_forum": WRONG,
    "not_the_meetings_hour": WRONG,
    "no_such_claim": WRONG,
    "no_such_version": WRONG,
    "not_of_the_force": WRONG,
    "not_your_certificate": CONFLICT,
    "nothing_amended": WRONG,
    "other_lead": WRONG,
    "parts_left": WRONG,
    "request_or_action": WRONG,
    "same_lead": WRONG,
    "too_many_wakes": CONFLICT,
    "unknown_part": WRONG,
    "until_later": WRONG,
    "until_past": WRONG,
    "until_too_far": WRONG,
    "after_cutoff": WRONG,
    "agenda_numbers": WRONG,
    "already_answered": STALE,
    "already_asked": STALE,
    "already_checked": STALE,
    "already_invited": STALE,
    "already_paused": STALE,
    "already_published": STALE,
    "already_signed": STALE,
    "already_withdrawn": STALE,
    "before_opening": WRONG,
    "beyond_horizon": WRONG,
    "cannot_be_delegated": CONFLICT,
    "chair_not_there": WRONG,
    "chief_executive_first": CONFLICT,
    "copy_differs": STALE,
    "correct_instead": CONFLICT,
    "covers_future": WRONG,
    "cycle_over": STALE,
    "due_in_past": WRONG,
    "empty_text": WRONG,
    "engine_lost": CONFLICT,
    "extension_limit": WRONG,
    "fact_check_open": CONFLICT,
    "instant_without_zone": WRONG,
    "interest_declared": STALE,
    "key_reused": CONFLICT,
    "more_votes_than_members": WRONG,
    "more_votes_than_present": WRONG,
    "needs_other_side": CONFLICT,
    "needs_reason_and_sign_off": WRONG,
    "needs_second_person": CONFLICT,
    "needs_urgency": WRONG,
    "negative_votes": WRONG,
    "no_address": WRONG,
    "no_basis": WRONG,
    "no_commitment": WRONG,
    "no_findings": STALE,
    "no_ground": WRONG,
    "no_papers": WRONG,
    "no_plan": CONFLICT,
    "no_proof": WRONG,
    "no_public_questions": WRONG,
    "no_release": STALE,
    "no_session": STALE,
    "no_succession": WRONG,
    "announced_after": STALE,
    "body_followed": WRONG,
    "not_announced": STALE,
    "office_ended": CONFLICT,
    "other_predecessor": WRONG,
    "overlapping_succession": CONFLICT,
    "succession_in_past": WRONG,
    "told_already": CONFLICT,
    "unknown_predecessor": WRONG,
    "unknown_successor": WRONG,
    "without_reason": WRONG,
    "without_successor": WRONG,
    "no_such_action": WRONG,
    "no_such_cycle": WRONG,
    "no_such_item": WRONG,
    "no_such_question": WRONG,
    "no_such_request": WRONG,
    "no_tie": WRONG,
    "no_time_for_notice": WRONG,
    "no_time_travel": WRONG,
    "nobody_present": WRONG,
    "not_a_deputy": CONFLICT,
    "not_a_member": WRONG,
    "not_appointed": CONFLICT,
    "not_approved": CONFLICT,
    "not_asked_yet": CONFLICT,
    "not_at_session": WRONG,
    "not_five_clear_days": WRONG,
    "not_invited": CONFLICT,
    "not_later": WRONG,
    "not_newest_version": STALE,
    "not_paused": STALE,
    "not_published": CONFLICT,
    "not_quorate": CONFLICT,
    "not_the_forums_rules": STALE,
    "not_the_forums_vote": WRONG,
    "not_the_membership": STALE,
    "not_yet_held": WRONG,
    "not_yet_received": WRONG,
    "not_your_action": CONFLICT,
    "not_your_forum": CONFLICT,
    "not_your_proposal": CONFLICT,
    "not_your_request": CONFLICT,
    "not_your_role": CONFLICT,
    "nothing_given": WRONG,
    "nothing_redacted": STALE,
    "nothing_taken_out": WRONG,
    "nothing_to_confirm": STALE,
    "nothing_to_correct": CONFLICT,
    "number_taken": CONFLICT,
    "older_edition": WRONG,
    "older_standards": STALE,
    "one_of_two": WRONG,
    "other_calendar": WRONG,
    "other_side_owner": WRONG,
    "other_standards": WRONG,
    "pre_election": CONFLICT,
    "present_twice": WRONG,
    "reason_needed": WRONG,
    "redactions_refused": CONFLICT,
    "redactions_to_repeat": CONFLICT,
    "redactions_unchecked": CONFLICT,
    "reference_taken": CONFLICT,
    "release_in_past": WRONG,
    "release_waits": CONFLICT,
    "request_state": STALE,
    "same_day": WRONG,
    "same_edition": STALE,
    "same_owner": WRONG,
    "session_cancelled": STALE,
    "session_held": STALE,
    "session_in_past": WRONG,
    "session_not_held": CONFLICT,
    "session_on_non_working_day": WRONG,
    "span_wrong": WRONG,
    "standards_wrong": WRONG,
    "start_after_due": WRONG,
    "text_too_long": WRONG,
    "text_unreadable": WRONG,
    "too_large": WRONG,
    "too_many_requests": CONFLICT,
    "unknown_basis": WRONG,
    "unknown_calendar": WRONG,
    "unknown_commitment": WRONG,
    "unknown_person": WRONG,
    "unknown_rule": WRONG,
    "wake_in_past": WRONG,
    "words_not_found": WRONG,
    "wrong_direction": WRONG,
    "wrong_input": WRONG,
    "cycle_paused": CONFLICT,
    "holiday_no_date": WRONG,
    "holiday_not_working": WRONG,
    "holiday_past": WRONG,
    "late_wrong": WRONG,
    "moves_to_no_working_day": WRONG,
    "moves_wrong": WRONG,
    "no_session_to_move": WRONG,
    "not_for_the_office": CONFLICT,
    "nothing_owed": WRONG,
    "nothing_supposed": WRONG,
    "nothing_to_review": WRONG,
    "too_many_holidays": WRONG,
    "no_cycles": WRONG,
    "no_rule": WRONG,
    "event_reused": CONFLICT,
    "wrong_file": WRONG,
    "year_over": WRONG,
    "year_not_known": WRONG,
    "too_many_slots": WRONG,
    "no_such_commitment": WRONG,
    "no_such_kind": WRONG,
    "no_such_officer": WRONG,
    "no_such_person": WRONG,
    "no_such_theme": WRONG,
    "no_such_slot": WRONG,
    "no_such_proposal": WRONG,
    "no_working_day": WRONG,
    "too_little_time": WRONG,
    "opens_in_past": WRONG,
    "outside_year": WRONG,
    "programme_clash": WRONG,
    "no_programme": CONFLICT,
    "programme_exists": STALE,
    "nothing_to_adopt": STALE,
    "slot_opened": STALE,
    "slot_dropped": STALE,
    "proposal_settled": STALE,
    "not_adopted": STALE,
}

SENTENCES = {
    "missing": "This is missing.",
    "union_tag_invalid": "There is no such command. The field `kind` names one.",
    "union_tag_not_found": "The field `kind` is missing: it names the command.",
    "string_pattern_mismatch": "This is not written in the way that is expected here.",
    "literal_error": "This is not one of the values that can be used here.",
    "enum": "This is not one of the values that can be used here.",
    "too_long": "There are too many of these for one act. Send them in parts.",
    "too_short": "There are too few of these. Add one more.",
    "json_invalid": "This is not JSON.",
    "timezone_aware": "An instant needs its zone, such as 2027-03-27T14:00:00Z.",
}
"""What to say about a value of the wrong shape. The value itself is never repeated."""

AT_HAND = "This cannot be used here. Check its kind and try again."


def treatment(refused: Refused) -> Treatment:
    """How to answer a refusal; one that is not in the table yet is a conflict."""
    return TABLE.get(refused.code, CONFLICT)


def of_shape(wrong: ValidationError) -> list[Refused]:
    """What is wrong with the shape of a command, in the form of every other refusal."""
    return [
        Refused(
            code="wrong_input",
            message=SENTENCES.get(error["type"], AT_HAND),
            source="process.wrong-input",
            field=_place(error["loc"]),
        )
        for error in wrong.errors(include_input=False, include_context=False, include_url=False)
    ]


def _place(loc: tuple[int | str, ...]) -> str | None:
    """The field as people count: the command's kind left out, the first of a list is 1."""
    parts = [str(part + 1) if isinstance(part, int) else part for part in loc]
    known = [part for part in parts if not part[:1].isupper()]
    return ".".join(known) or None
