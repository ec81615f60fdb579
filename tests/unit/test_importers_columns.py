"""Headers with titles above, names missing or merged, and tables whose cells alone say what they hold."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import openpyxl
import pytest

from copilot.domain.conversation import ImportedThread
from copilot.domain.imports import TableMapping
from copilot.importers.threads import load_thread, mapping_of
from copilot.importers.threads._dates import is_dated

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LONG, OTHER = "Toujours rien reçu depuis trois semaines", "Super accueil en boutique, merci"
ROWS = (("Léa", "@lea", LONG, date(2026, 11, 12), 3), ("Max", "@max", OTHER, date(2026, 11, 13), 5))


def workbook(*rows: Sequence[Any], merged: Sequence[str] = ()) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for place in merged:
        made.active.merge_cells(place)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(content: bytes | str, name: str = "x.csv") -> ImportedThread:
    return load_thread(content.encode() if isinstance(content, str) else content, name, captured_at=NOW)


def proposed(content: bytes | str, name: str = "x.csv", header: int | None = None) -> TableMapping:
    raw = content.encode() if isinstance(content, str) else content
    found = mapping_of(raw, name, captured_at=NOW, header=header)
    assert found is not None
    return found


def texts(content: bytes | str, name: str = "x.csv") -> list[str]:
    return [one.text for one in read(content, name).messages]


class TestHeaders:
    @pytest.mark.parametrize(
        "content",
        [
            workbook(["Export"], ["Nom", None, None, "Date", None], *ROWS),
            workbook(["Export de novembre"], [], [None, None, "Commentaire", None, None], *ROWS),
            workbook(["Export"], ["Qui", None, "Message", None], ["Nom", "Pseudo", "Texte", "Date", "Note"], *ROWS),
            workbook(["Auteur", None, "Avis", "Date", "Note"], ["Nom", "Pseudo"], *ROWS, merged=("A1:B1",)),
            workbook(*([f"Ligne {n}", "x"] for n in range(12)), ["Nom", "Pseudo", "Texte", "Date", "Note"], *ROWS),
        ],
        ids=["no name for the texts", "the texts alone", "two rows", "merged", "twelve lines above"],
    )
    def test_half_named_headers_are_no_message(self, content: bytes) -> None:
        thread = read(content, "x.xlsx")
        assert [one.text for one in thread.messages] == [LONG, OTHER]
        assert [one.author.name for one in thread.messages] == ["Léa", "Max"]
        assert [one.rating for one in thread.messages] == [3, 5]

    def test_a_name_among_empty_cells(self) -> None:
        thread = read(f"Bilan du mois\n\n;Commentaire;;\nLéa;{LONG};12/11/2026;3\nMax;{OTHER};13/11/2026;5\n")
        assert [(one.author.name, one.text, one.rating) for one in thread.messages] == [
            ("Léa", LONG, 3), ("Max", OTHER, 5),
        ]  # fmt: skip

    def test_titles_above_a_table_without_names(self) -> None:
        content = f"Export\nAtelier;\n1;Léa;{LONG}\n2;Max;{OTHER}\n"
        assert texts(content) == [LONG, OTHER]
        assert proposed(content).parts == {"id": 0, "author": 1, "text": 2}

    def test_a_header_repeated_is_no_message(self) -> None:
        assert texts("Auteur;Commentaire\nLéa;Bonjour\nAuteur;Commentaire\nMax;Merci\n") == ["Bonjour", "Merci"]

    @pytest.mark.parametrize("titles", ["Agence;Produit;Commentaire", "Shop;Country;Review", "Qui;Ville;Message"])
    def test_the_text_is_named_among_titles_that_mean_nothing_here(self, titles: str) -> None:
        thread = read(f"{titles}\nLyon;Selle;Déçue par la livraison\nNancy;Frein;Superbe atelier\n")
        assert [one.text for one in thread.messages] == ["Déçue par la livraison", "Superbe atelier"]
        assert thread.warnings == ()

    @pytest.mark.parametrize(
        "rows",
        [
            ["Lyon;Selle;Une selle confortable", "Nancy;Frein;Content", "Lille;Pneu;Un pneu qui tient la route"],
            ["Léa;Selle;Content", "Max;Frein;Superbe atelier", "Zoé;Pneu;Un pneu qui tient la route"],
            ["Lyon;Selle;Content", "Nancy;Frein;Superbe atelier", "Lyon;Pneu;Un pneu qui tient la route"],
        ],
    )
    def test_a_message_of_one_word_that_names_texts_is_no_title(self, rows: list[str]) -> None:
        assert len(texts("\n".join(rows))) == 3

    def test_the_line_is_chosen_and_the_first_lines_are_shown(self) -> None:
        content = "Rapport;mai;2026\nAuteur;Message;Date\nQui;Verbatim;Quand\nLéa;Bonjour;12/11/2026\n"
        found = proposed(content)
        assert (found.header, found.top[2]) == (2, (3, ("Qui", "Verbatim", "Quand")))
        under = proposed(content, header=3)
        assert (under.header, under.columns) == (3, ("Qui", "Verbatim", "Quand"))
        assert under.sample == (("Léa", "Bonjour", "12/11/2026"),)
        none = proposed(content, header=0)
        assert (none.header, none.columns, none.sample[0]) == (0, ("", "", ""), ("Rapport", "mai", "2026"))

    def test_a_table_is_known_under_each_header_it_could_have(self) -> None:
        first, later = (f"Rapport;{month}\nAuteur;Message\nQui;Quoi\nLéa;Un\n" for month in ("mai", "juin"))
        assert proposed(first).known_as[0] == (2, proposed(first).signature)
        assert dict(proposed(first).known_as)[3] == dict(proposed(later).known_as)[3]
        assert dict(proposed(first).known_as)[1] != dict(proposed(later).known_as)[1]


class TestGuesses:
    def test_each_part_by_its_cells(self) -> None:
        content = (
            f"4512;Camille R.;12/11/2026;{LONG};2;https://x.example/1\n"
            f"4513;Yanis;13/11/2026;{OTHER};5;https://x.example/2\n"
        )
        found = proposed(content)
        assert found.parts == {"id": 0, "author": 1, "date": 2, "text": 3, "rating": 4, "link": 5}
        assert (set(found.guessed), found.is_guess) == (set(found.parts), True)
        thread = read(content)
        first = thread.messages[0]
        assert (first.external_id, first.author.name, first.rating, first.link) == (
            "4512", "Camille R.", 2, "https://x.example/1",
        )  # fmt: skip
        assert [one.key for one in thread.warnings] == ["thread.warn.columns_guessed"]

    def test_replies_name_what_they_answer(self) -> None:
        thread = read(f"c1;;Léa;{LONG}\nc2;c1;Atelier;Bonjour Léa, nous regardons tout de suite\nc3;c1;Léa;{OTHER}\n")
        assert [one.parent_id for one in thread.messages] == [None, "c1", "c1"]

    def test_contacts_are_nobody_s_name_and_are_not_read(self) -> None:
        content = f"lea@mail.example;Léa;{LONG};06 12 34 56 78\nmax@mail.example;Max;{OTHER};06 12 34 56 79\n"
        assert proposed(content).parts == {"author": 1, "text": 2}
        assert "mail.example" not in repr(read(content))

    def test_numbers_of_rows_are_no_stars(self) -> None:
        assert proposed(f"1;Léa;{LONG}\n2;Max;{OTHER}\n3;Zoé;{LONG} !\n").parts["id"] == 0

    def test_accounts_are_addressed_and_are_authors_when_alone(self) -> None:
        assert proposed(f"@lea;{LONG}\n@max;{OTHER}\n").parts == {"author": 0, "text": 1}
        assert proposed(f"Léa;@lea;{LONG}\nMax;@max;{OTHER}\n").parts == {"author": 0, "handle": 1, "text": 2}

    def test_what_a_header_names_is_no_guess(self) -> None:
        found = proposed(f"Nom;Avis;\nLéa;{LONG};12/11/2026\nMax;{OTHER};13/11/2026\n")
        assert (found.parts, found.guessed, found.is_guess) == ({"author": 0, "text": 1, "date": 2}, ("date",), False)

    def test_names_below_a_title_that_tells_nothing_are_proposed_and_not_read(self) -> None:
        content = f"Qui;Ville;Message\nLéa P.;Lyon;{LONG}\nHugo;Nancy;{OTHER}\nZorglub;Lens;{LONG}\n"
        found = proposed(content)
        assert (found.parts, found.guessed, found.is_guess) == ({"author": 0, "text": 2}, ("author",), False)
        assert {one.author.name for one in read(content).messages} == {""}

    def test_sentences_with_commas_are_no_cells(self) -> None:
        assert texts("Bonjour, super\nMerci à vous, à bientôt\n") == ["Bonjour, super", "Merci à vous, à bientôt"]


@pytest.mark.parametrize(
    "value",
    [
        *("2026-11-12", "12/11/2026", "12/11/26 10h05", "12 janv. 2026 à 14:05", "lundi 2 novembre 2026 10:05"),
        *("Nov 2, 2026", "2026-11-02T10:00:00+0100", "il y a 3 sem.", "2 j", "3 days ago", "hier", "45990.5"),
        *("1760000000", "Mon, 02 Nov 2026 10:00:00 +0000"),
    ],
)
def test_days_are_known_however_they_are_written(value: str) -> None:
    assert is_dated(value)


@pytest.mark.parametrize("value", ["", "4512", "Léa", "3 boutiques", "12 rue Haute 2026", "5", "x 2026", "non"])
def test_other_cells_are_no_days(value: str) -> None:
    assert not is_dated(value)


SAVERS = {
    "sprout": (
        "Message Report\nProfiles: Atelier\nDate range: 11/01/2026 - 11/15/2026\n\n"
        "Timestamp (UTC),Network,Message ID,Message Type,Profile,From User,User Handle,Message,Permalink,Sentiment\n"
        "11/02/2026 10:05 AM,Facebook,123,Comment,Atelier,Léa Fontan,lea.f,Toujours rien,https://x.example/1,Negative\n"
        "11/14/2026 10:05 PM,Facebook,124,Comment,Atelier,Max,max,Super,https://x.example/2,Positive\n"
    ),
    "hootsuite": (
        '"Date (Europe/Paris)","Réseau social","Compte","Auteur du message","Contenu du message","URL du message"\n'
        '"2026-11-02 11:05","Facebook","Atelier","Léa Fontan","Toujours rien","https://x.example/1"\n'
    ),
    "agorapulse": (
        "Profil;Type;Date de réception;Auteur;Contenu;Étiquettes;Statut;Lien vers l'élément\n"
        "Atelier;Commentaire;02/11/2026 10:05;Léa Fontan;Toujours rien;sav;À traiter;https://x.example/1\n"
    ),
    "agorapulse reports": (
        "Nom du profil;Réseau;Nom de l'utilisateur;Texte;Date;Heure;Lien du message\n"
        "Atelier;Facebook;Léa Fontan;Toujours rien;02/11/2026;10:05;https://x.example/1\n"
    ),
}


@pytest.mark.parametrize("name", SAVERS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_exports_of_tools_of_community_managers(name: str, encoding: str) -> None:
    first = read(SAVERS[name].encode(encoding)).messages[0]
    assert (first.author.name, first.text, first.link) == ("Léa Fontan", "Toujours rien", "https://x.example/1")
    assert first.created_at == datetime(2026, 11, 2, 10, 5, tzinfo=UTC)


def test_what_people_type_between_angle_brackets_in_a_table_stays() -> None:
    typed = "author,text\nAna,use <b>bold</b> or <i>x</i>\nBob,<em>non\nEve,a<br>b &amp; c\n"
    told = load_thread(typed.encode(), "a.csv", captured_at=datetime(2026, 11, 21, tzinfo=UTC))
    assert [one.text for one in told.messages] == ["use <b>bold</b> or <i>x</i>", "<em>non", "a\nb & c"]


HEADINGS = [
    *((name, "date") for name in ("Jour", "Day", "Date du message", "Publié le", "Horodatage", "Posted on", "When")),
    *((name, "date") for name in ("Quand", "Sent at", "Envoyé le", "Posté", "Mis en ligne le", "Écrit le", "Added on")),
    *((name, "date") for name in ("Date de dépôt", "Soumis le", "Created date", "Commented at", "Date d’ajout")),
    *((name, "date") for name in ("Heure de publication", "Date et heure", "Date (UTC)")),
    *((name, "author") for name in ("Internaute", "Nom et prénom", "Membre", "Written by", "Écrit par", "Guest name")),
    *((name, "handle") for name in ("Compte", "Pseudonyme", "Account name", "Nom du compte")),
    *((name, "rating") for name in ("Évaluation", "Nombre d’étoiles", "Overall rating", "Note attribuée")),
    *((name, "likes") for name in ("Nombre de réactions", "Cœurs", "Nb de j’aime", "Number of reactions")),
    *((name, "edited") for name in ("Dernière modification", "Last modified")),
    *((name, "parent") for name in ("Message parent", "Réponse au commentaire")),
    *((name, "reply") for name in ("Our reply", "Réponse apportée")),
    *((name, "reply_date") for name in ("Répondu le", "Replied at")),
    *((name, "link") for name in ("Lien vers l’avis", "Link to comment")),
]


@pytest.mark.parametrize(("name", "part"), HEADINGS)
def test_a_column_is_proposed_for_what_its_name_says(name: str, part: str) -> None:
    found = proposed(f"Commentaire;{name}\n{LONG};5\n{OTHER};4\n")
    assert found.parts == {"text": 0, part: 1}


@pytest.mark.parametrize("name", ["Verbatim", "Avis client", "Customer feedback", "Feedback", "Remarque"])
def test_a_column_of_texts_is_known_by_its_name(name: str) -> None:
    assert proposed(f"Jour;{name}\n2026-11-12;{LONG}\n2026-11-13;{OTHER}\n").parts == {"date": 0, "text": 1}


def test_a_surer_name_is_the_date_before_a_day() -> None:
    content = f"Jour;Commentaire;Date\nvendredi;{LONG};13/11/2026\njeudi;{OTHER};12/11/2026\n"
    assert proposed(content).parts == {"text": 1, "date": 2}


FRIDAY = datetime(2026, 11, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("names", "day", "clock", "at", "unread"),
    [
        pytest.param("Jour;Heure", "13/11/2026", "14:05", FRIDAY.replace(hour=14, minute=5), "", id="in French"),
        pytest.param("Day;Time", "11/13/2026", "2:05 PM", FRIDAY.replace(hour=14, minute=5), "", id="in English"),
        pytest.param("Jour;Heure d’envoi", "13/11/2026", "9h30", FRIDAY.replace(hour=9, minute=30), "", id="named"),
        pytest.param(
            "Jour;Heure de publication", "13/11/2026", "9:30", FRIDAY.replace(hour=9, minute=30), "", id="published"
        ),
        pytest.param("Jour;Heure", "13/11/2026", "14 h", FRIDAY.replace(hour=14), "", id="a whole hour"),
        pytest.param(
            "Jour;Heure", "13/11/2026 00:00:00", "14:05", FRIDAY.replace(hour=14, minute=5), "", id="midnight"
        ),
        pytest.param("Date;Heure", "13/11/2026 14:05", "14:05", FRIDAY.replace(hour=14, minute=5), "", id="told twice"),
        pytest.param("Jour;Time", "13/11/2026", "13/11/2026 9:30", FRIDAY.replace(hour=9, minute=30), "", id="whole"),
        pytest.param("Jour;Heure", "13/11/2026", "le matin", FRIDAY, "le matin", id="an hour in words is told ignored"),
        pytest.param("Jour;Heure", "13/11/2026", "", FRIDAY, "", id="no hour"),
    ],
)
def test_an_hour_beside_its_day_is_one_moment(names: str, day: str, clock: str, at: datetime, unread: str) -> None:
    told = read(f"Commentaire;{names}\n{LONG};{day};{clock}\n")
    assert told.messages[0].created_at == at
    assert [one.params["shown"] for one in told.warnings] == ([unread] if unread else [])


def test_an_hour_in_a_cell_of_its_own_in_a_workbook() -> None:
    told = read(workbook(["Commentaire", "Jour", "Heure"], [LONG, date(2026, 11, 13), time(14, 5)]), "x.xlsx")
    assert told.messages[0].created_at == FRIDAY.replace(hour=14, minute=5)
