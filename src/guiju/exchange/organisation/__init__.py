"""The workbook by which an organisation comes in and goes out."""

from guiju.exchange.organisation.read import OrganisationFile, read_organisation
from guiju.exchange.organisation.returned import write_faults
from guiju.exchange.organisation.write import write_organisation

__all__ = ["OrganisationFile", "read_organisation", "write_faults", "write_organisation"]
