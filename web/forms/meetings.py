"""Forms about what belongs to a session: its notice, interests, questions, answers and votes."""

from rules.meeting.votes import MAJORITIES
from schemas.cycle import Cycle, Session
from schemas.shape import Words
from web.forms.agenda import agenda_fields, agenda_of, the_session
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene, reason
from web.forms.sessions import session_field, urgency_field
from web.showing import words as say

COMMISSIONER = "commissioner"
ASKERS = tuple(Option(value, text) for value, text in say.ASKERS.items())


def _coming(cycle: Cycle) -> bool:
    return any(one.coming for one in cycle.sessions)


def _standing(cycle: Cycle) -> bool:
    return any(not one.cancelled_at for one in cycle.sessions)


def _asked(cycle: Cycle) -> bool:
    return any(one.questions for one in cycle.sessions)


def _votes(cycle: Cycle) -> bool:
    return any(one.held_at and _votes_in(one) for one in cycle.sessions)


def _votes_in(session: Session) -> bool:
    return bool(session.rules and session.rules.votes_by)


def _waits(cycle: Cycle) -> bool:
    return any(not one.confirmed_by for one in cycle.judgements)


def _papers_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        session_field(scene, held=None),
        Field("items", "The papers", "items", hint="PDF, Word, Excel, PowerPoint, CSV, text, PNG or JPEG."),
        urgency_field("Where the papers are late: the chair's reason"),
    )


def _papers(values: Values, words: Words) -> Built:
    return {
        "session": values["session"],
        "papers": values["items"],
        "urgency": words.maybe(values["urgency"]),
    }


def people_at(scene: Scene) -> tuple[Option, ...]:
    """Whoever may be at a session: the seats of its forum, then the directory."""
    session = the_session(scene) or (scene.cycle.sessions[-1] if scene.cycle.sessions else None)
    forum = scene.forums.get(session.forum) if session else None
    seats = {one.id: one.title for one in forum.seats} if forum else {}
    people = {one.id: one.title for one in scene.people.values() if one.id not in seats}
    return tuple(Option(value, title) for value, title in {**seats, **people}.items())


def _interest_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        session_field(scene, held=None),
        Field("person", "Who declares it?", "choose", options=people_at(scene), missing="Choose who"),
        Field("what", "What is the interest?", "text", missing="Enter what the interest is"),
        Field("item", "Which agenda item?", optional=True, hint="Its number; empty means the whole session."),
        Field("leaves", "They leave the room and do not vote", "tick", optional=True),
    )


def _interest(values: Values, words: Words) -> Built:
    return {
        "session": values["session"],
        "person": values["person"],
        "what": words.ref(values["what"]),
        "item": values["item"] or None,
        "leaves": values["leaves"],
    }


def _question_fields(scene: Scene) -> tuple[Field, ...]:
    items = tuple(
        Option(str(one.number), f"Request {one.number}: {scene.say(one.draft.title)}")
        for one in scene.cycle.requests
        if one.state != "withdrawn"
    )
    return (
        session_field(scene, held=None),
        Field("asked_by", "Who asks?", "one", options=ASKERS, start=COMMISSIONER, missing="Choose who asks"),
        Field("question", "The question", "text", missing="Enter the question"),
        Field("request", "About which item?", "choose", options=items, optional=True, hint="Optional."),
        Field(
            "allowed_late", "Where the public's question came late: the chair's reason to take it", "text",
            optional=True, hint="The public asks until 09:00 on the working day before.", rows=2,
        ),
    )  # fmt: skip


def _question(values: Values, words: Words) -> Built:
    return {
        "session": values["session"],
        "asked_by": values["asked_by"],
        "question": words.ref(values["question"]),
        "request": values["request"] or None,
        "allowed_late": words.maybe(values["allowed_late"]),
    }


def _answer_fields(scene: Scene) -> tuple[Field, ...]:
    session = the_session(scene)
    asked = [one for one in scene.cycle.sessions if one.questions]
    session = session if session in asked else asked[-1] if asked else None
    options = tuple(
        Option(str(one.number), f"{one.number}: {scene.say(one.question)}")
        for one in (session.questions if session else ())
    )
    return (
        Field("session", "Which session?", "hidden", start=str(session.number) if session else "1"),
        Field("question", "Which question?", "one", options=options, missing="Choose the question"),
        Field("answer", "What was answered?", "text", missing="Enter what was answered"),
        Field("by", "By whom?", "choose", options=people_at(scene), optional=True),
        Field(
            "in_writing_by", "Where an answer in writing was promised: by when?", "day", optional=True,
            hint="Optional. For example, 27 3 2027",
        ),
    )  # fmt: skip


def _answer(values: Values, words: Words) -> Built:
    return {
        "session": values["session"],
        "question": values["question"],
        "answer": words.ref(values["answer"]),
        "by": values["by"] or None,
        "in_writing_by": values["in_writing_by"],
    }


def _confirm_fields(scene: Scene) -> tuple[Field, ...]:
    waiting = [one for one in scene.cycle.judgements if not one.confirmed_by]
    options = tuple(
        Option(f"{one.session}/{one.request}", _judged(scene, one.request, one.judgement, one.reasons))
        for one in waiting
    )
    return (Field("judgement", "Which judgement?", "one", options=options, missing="Choose the judgement"),)


def _judged(scene: Scene, request: int, judgement: str, reasons: str) -> str:
    found = scene.cycle.request(request)
    title = scene.say(found.draft.title) if found else f"Request {request}"
    return f"{title}: {say.ASSURANCE[judgement].lower()}. {scene.say(reasons)}"


def _confirm(values: Values, _words: Words) -> Built:
    session, _, request = str(values["judgement"]).partition("/")
    return {"session": session, "request": request}


def _vote_fields(scene: Scene) -> tuple[Field, ...]:
    session = next(
        (one for one in reversed(scene.cycle.sessions) if one.held_at and _votes_in(one)),
        None,
    )
    rules = session.rules.votes_by if session and session.rules else ()
    options = tuple(Option(one, MAJORITIES[one].title, MAJORITIES[one].share) for one in rules)
    casting = (Option("for", "For"), Option("against", "Against"))
    return (
        Field("session", "Which session?", "hidden", start=str(session.number) if session else "1"),
        Field("question", "What was voted on?", "text", missing="Enter what was voted on"),
        Field("rule", "By which rule?", "one", options=options, missing="Choose the rule"),
        Field("votes_for", "Votes for", start="0"),
        Field("votes_against", "Votes against", start="0"),
        Field("abstained", "Abstained", start="0"),
        Field("casting", "At a tie: the chair's casting vote", "one", options=casting, optional=True),
        Field("item", "Which agenda item?", optional=True, hint="Its number. Optional."),
    )


def _vote(values: Values, words: Words) -> Built:
    casting = {"for": True, "against": False}.get(values["casting"])
    counts = {name: values[name] for name in ("votes_for", "votes_against", "abstained")}
    return {
        "session": values["session"],
        "question": words.ref(values["question"]),
        "rule": values["rule"],
        **counts,
        "casting_for": casting,
        "item": values["item"] or None,
    }


FORMS = (
    Form(
        "CancelSession", "Call a session off", "Call it off",
        lambda scene: (session_field(scene, held=False), reason("Why is it called off?")),
        lambda values, words: {"session": values["session"], "reason": words.ref(values["reason"])},
        _coming,
        intro="What is planned backwards from it follows the next session, or waits until there is one.",
        grave=True, look_first=True,
    ),
    Form(
        "PublishAgenda", "Publish the agenda", "Publish the agenda", agenda_fields, agenda_of, _coming,
        intro="Change the numbers of what the record proposes, leave some of it out, add your own.",
    ),
    Form(
        "PublishPapers", "Publish papers", "Publish the papers", _papers_fields, _papers, _standing,
        aliases={"papers": "items"},
    ),
    Form(
        "DeclareInterest", "Record an interest", "Record the interest",
        _interest_fields, _interest, _standing,
    ),
    Form("AskQuestion", "Record a question", "Record the question", _question_fields, _question, _standing),
    Form("RecordAnswer", "Record an answer", "Record the answer", _answer_fields, _answer, _asked),
    Form(
        "ConfirmAssurance", "Confirm a judgement", "Confirm the judgement", _confirm_fields, _confirm, _waits,
        intro="An officer recorded how assured you are. With this it is yours.",
    ),
    Form(
        "RecordVote", "Record a vote", "Record the vote", _vote_fields, _vote, _votes,
        intro="Whether it is carried is worked out from the membership then in force.",
        aliases={"casting_for": "casting"},
    ),
)  # fmt: skip
