"""Those of the demonstration's directory who act: in its programme, in the benches and in the tests."""

from schemas.people import Actor, Role

OFFICER = Actor(person="policy-officer", role=Role.POLICY_OFFICER)
SECOND_OFFICER = Actor(person="second-policy-officer", role=Role.POLICY_OFFICER)
COMMISSIONER = Actor(person="commissioner", role=Role.COMMISSIONER)
CHIEF_EXECUTIVE = Actor(person="chief-executive", role=Role.CHIEF_EXECUTIVE)
PUBLISHER = Actor(person="publication-officer", role=Role.PUBLICATION_OFFICER)
LEAD = Actor(person="acc-local-policing", role=Role.THEMATIC_LEAD)
OTHER_LEAD = Actor(person="acc-protecting-people", role=Role.THEMATIC_LEAD)
COORDINATION = Actor(person="force-coordination", role=Role.FORCE_COORDINATION)
CHIEF_CONSTABLE = Actor(person="chief-constable", role=Role.CHIEF_CONSTABLE)
SECRETARIAT = Actor(person="panel-secretariat", role=Role.PANEL_SECRETARIAT)
