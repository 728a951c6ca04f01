"""A real OpenLDAP server on this machine, with two people, an old entry, and certificates."""

from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from socket import create_connection

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from installation import free_port

SLAPD = shutil.which("slapd", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/libexec/slapd")
BASE = "ou=people,dc=county"
READER, READER_PASSWORD = "cn=reader,dc=county", "only-reads"
LDAP_PASSWORD = "Bamboo-wind-88"  # noqa: S105 - nobody's

CONF = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
TLSCACertificateFile {folder}/ca.pem
TLSCertificateFile {folder}/server.pem
TLSCertificateKeyFile {folder}/server.key
allow bind_anon_dn bind_anon_cred
database mdb
suffix "dc=county"
rootdn "cn=root,dc=county"
directory {folder}/db
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{reader}" read by * none
"""

ENTRIES = f"""
dn: dc=county
objectClass: dcObject
objectClass: organization
o: county
dc: county

dn: {READER}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: {READER_PASSWORD}

dn: {BASE}
objectClass: organizationalUnit
ou: people
"""

PERSON = """
dn: cn={dn},ou=people,dc=county
objectClass: inetOrgPerson
cn: {dn}
sn: {dn}
{names}userPassword: {password}
"""


def person(dn, *names):
    said = "".join(f"uid: {name}\n" for name in names)
    return PERSON.format(dn=dn, names=said, password=LDAP_PASSWORD)


@dataclass
class House:
    """Where the directory is, and how to stop it."""

    plain: str
    secure: str
    authorities: str
    process: subprocess.Popen

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def _named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(name, key, issuer, issuer_key, *extensions):
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
    )
    for extension in extensions:
        made = made.add_extension(extension, critical=False)
    return made.sign(issuer_key, hashes.SHA256())


def make_certificates(folder, *hosts):
    """Write an authority and a server's certificate for these hosts."""
    authority, server = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    trusted = _certificate(
        "county", authority, "county", authority,
        x509.BasicConstraints(ca=True, path_length=None),
        x509.SubjectKeyIdentifier.from_public_key(authority.public_key()),
    )  # fmt: skip
    shown = _certificate(
        "directory", server, "county", authority,
        x509.SubjectAlternativeName(list(hosts)),
        x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()),
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(trusted.public_bytes(pem))
    (folder / "server.pem").write_bytes(shown.public_bytes(pem))
    (folder / "server.key").write_bytes(
        server.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


@contextmanager
def directory_house(folder: Path):
    """Run a directory whose entries lie in a folder; it is gone when the block ends."""
    (folder / "db").mkdir()
    make_certificates(folder, x509.IPAddress(ip_address("127.0.0.1")))
    conf, entries = folder / "slapd.conf", folder / "entries.ldif"
    conf.write_text(CONF.format(folder=folder, reader=READER))
    entries.write_text(
        ENTRIES
        + person("Zhang San", "zhang.san")
        + person("Wang Wu", "wang.wu", "Wang.Five")
        + person("Twin One", "twin")
        + person("Twin Two", "twin")
        + person("Twin Three", "twin")
        + person("Star", "a*b(c)\\\\d")
    )
    subprocess.run([SLAPD, "-T", "add", "-f", conf, "-l", entries], check=True, capture_output=True)
    plain, secure = free_port(), free_port()
    places = f"ldap://127.0.0.1:{plain} ldaps://127.0.0.1:{secure}"
    process = subprocess.Popen(
        [SLAPD, "-f", conf, "-h", places, "-d", "0"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(plain, process)
        ports = places.split()
        yield House(ports[0], ports[1], str(folder / "ca.pem"), process)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait(10)


def _wait(port, process):
    deadline = time.monotonic() + 20
    while True:
        try:
            create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert process.poll() is None, "slapd did not start"
            assert time.monotonic() < deadline, "slapd does not listen"
            time.sleep(0.05)
        else:
            return
