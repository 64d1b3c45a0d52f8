"""What a deployment can say of the keys that the checkpoints of its ledger are signed with."""

from pathlib import Path

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from rules.proving.signing import Signer, signer_of
from schemas.outcomes import Refused
from settings.post import content


class LedgerSettings(BaseSettings):
    """The part of the settings that is about proving the ledger (docs/ledger.md)."""

    model_config = SettingsConfigDict(use_attribute_docstrings=True)

    ledger_key_file: Path | None = None
    """The file that holds the Ed25519 key, in PEM, which signs the ledger's checkpoints."""
    ledger_old_key_file: Path | None = None
    """The file that holds the key before that one, until a checkpoint is signed by both."""

    @field_validator("ledger_key_file", "ledger_old_key_file")
    @classmethod
    def _key_to_be_read(cls, path: Path | None) -> Path | None:
        if path is None:
            return None
        pem = content(path)
        if not pem:
            raise ValueError(f"{path} is empty, missing or not ours to read")
        if isinstance(found := signer_of(pem), Refused):
            raise ValueError(f"{path}: {found.message}")  # noqa: TRY004 - what pydantic takes for a refusal
        return path

    @property
    def ledger_signers(self) -> tuple[Signer, ...]:
        """The keys, the one in use first."""
        files = (self.ledger_key_file, self.ledger_old_key_file)
        found = [signer_of(pem) for file in files if (pem := content(file))]
        return tuple(one for one in found if isinstance(one, Signer))
