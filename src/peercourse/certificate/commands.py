"""The commands about certificates. ``verify`` needs no course and no grading folder."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from peercourse.content.course import find_root, load_course
from peercourse.content.problems import ContentError
from peercourse.grading.command import grading_command
from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder


@click.group()
def certificate() -> None:
    """Certificates that anybody can check without a network.

    \b
    peercourse certificate key      once: make the pair of keys
    peercourse certificate issue    for everybody who has earned one
    peercourse certificate verify   check one
    """


@certificate.command()
@grading_command
def key(folder: GradingFolder) -> None:
    """Make the institution's pair of keys, once. What is there is never overwritten.

    \b
    The private key stays in the grading folder, in certificates. Whoever has
    it can make certificates, so keep it to yourself, and back it up: the same
    pair serves every cohort. The public key, certificate-key.pem, lies beside
    institution.yml, for everybody.

    \b
    Examples:
      peercourse certificate key
      peercourse certificate key --grading ../autumn-cohort
    """
    from peercourse.certificate.keys import fingerprint, key_places, make_pair, read_public
    from peercourse.demo.marker import is_synthetic

    places = key_places(folder.root, find_root(Path.cwd()), synthetic=is_synthetic(folder.root))
    new = make_pair(places)
    click.echo("Made a pair of keys." if new else "The pair of keys is there already; nothing was overwritten.")
    click.echo(f"Private, for you alone: {places.private}")
    click.echo(f"Public, for everybody:  {places.public}")
    click.echo(f"Fingerprint of the public key: {fingerprint(read_public(places.public))}")
    click.echo("Back the private key up where only you can read it. If it is lost, later certificates need a new pair.")
    click.echo("Publish the public key and its fingerprint, for example on your web page.")
    click.echo("Next: peercourse certificate issue")


@certificate.command()
@click.option("--trainee", metavar="ID", help="To this trainee alone.")
@click.option("--renew", is_flag=True, help="A new one although nothing has changed. Needs --trainee.")
@grading_command
def issue(folder: GradingFolder, trainee: str | None, renew: bool) -> None:
    """Issue certificates to those who have earned one.

    \b
    A certificate needs every graded quiz passed and an observed role play
    passed. The quizzes alone give "theory completed", which says that it is no
    certificate of competence. For everybody else it says what is missing.
    Run it as often as you like: who has one keeps it.

    \b
    Each is a PDF and a signed .json file in grading/certificates. A file
    certificate.typ beside institution.yml takes the place of our template.

    \b
    Examples:
      peercourse certificate issue
      peercourse certificate issue --trainee nurse-17
      peercourse certificate issue --trainee nurse-17 --renew
    """
    from peercourse.certificate.issue import issue as issue_all
    from peercourse.certificate.keys import key_places, read_pair
    from peercourse.certificate.make import Issuer
    from peercourse.certificate.show import said
    from peercourse.demo.marker import is_synthetic
    from peercourse.grading.identity import lenient_id
    from peercourse.grading.show import progress

    if renew and trainee is None:
        raise GradingError("--renew is for one person; add --trainee ID")
    course = load_course(find_root(Path.cwd()))
    places = key_places(folder.root, course.root, synthetic=is_synthetic(folder.root))
    issuer = Issuer(folder, course, read_pair(places), datetime.date.today(), renew)
    with progress("Writing") as step:
        report = issue_all(issuer, lenient_id(trainee), step)
    for line in said(report, folder, places):
        click.echo(line)


@certificate.command(short_help="Check a certificate.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--key",
    "key_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The institution's public key. Default: certificate-key.pem of the course folder around you.",
)
def verify(file: Path, key_file: Path | None) -> None:
    """Check a certificate: the .json file, and not the PDF.

    \b
    It works without a network. Take the public key from the institution, and
    never from whoever shows the certificate.

    \b
    Exit status: 0 genuine and valid; 1 not genuine, or it cannot be read;
    3 genuine and expired; 4 a specimen, or about a made-up trainee.

    \b
    Examples:
      peercourse certificate verify certificate-7KQ2-M9XT-44HV-RRC8.json
      peercourse certificate verify certificate-7KQ2-M9XT-44HV-RRC8.json --key certificate-key.pem
    """
    from peercourse.certificate.verify import WRONG, verify_file
    from peercourse.terminal import plain

    try:
        sentences, status = verify_file(file, key_file or _own_key(), datetime.date.today())
    except GradingError as error:
        sentences, status = [str(error)], WRONG
    for sentence in sentences:
        click.echo(plain(sentence), err=status == WRONG)  # whoever shows a file has chosen its name
    sys.exit(status)


def _own_key() -> Path:
    from peercourse.certificate.keys import PUBLIC

    try:
        return find_root(Path.cwd()) / PUBLIC
    except ContentError:
        raise GradingError(f"this is no course folder, so say whose certificate it is: --key {PUBLIC}") from None


COMMANDS = (certificate,)
"""What the main command adds."""
