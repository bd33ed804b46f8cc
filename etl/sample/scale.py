"""Valid returns by the million, drawn column by column."""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from etl.invented import MARK
from etl.sample.columns import (
    Numbers,
    day_number,
    delays,
    draw,
    iso_dates,
    pick,
    serials,
    shifted_all,
    text_schema,
)
from etl.sample.plan import Plan, load_plan
from etl.sample.tables import HEADINGS
from etl.sample.town import code_list, populations

CHUNK = 200_000
FIRST_DAY, LAST_DAY = date(2022, 4, 1), date(2025, 3, 31)
PER_MEETING = 8
SIZE_EXPONENT = 0.8
NOT_REACHED_DAYS = 60
PLAIN = csv.WriteOptions(quoting_style="none")  # no value drawn here holds a comma or a quote


def write_scale(out: Path, *, prefecture: str, rows: int, seed: int) -> list[Path]:
    """referral_<pref>_<rows>_架空データ.csv and the same of rows // 20 meetings; peak memory is that of a few rows."""
    if rows < 1:
        raise ValueError(f"rows must be 1 or more, got {rows}")
    out.mkdir(parents=True, exist_ok=True)
    plan, towns = load_plan(), code_list(prefecture)
    people = populations(prefecture)
    weights = np.array([max(people[town["code5"]], 1) for town in towns], dtype=float) ** SIZE_EXPONENT
    written = []
    for number, (kind, total, table) in enumerate((("referral", rows, _referrals), ("meeting", rows // 20, _meetings))):
        rng = np.random.default_rng([seed, int(prefecture), number])
        path = out / f"{kind}_{prefecture}_{total}_{MARK}.csv"
        with csv.CSVWriter(path, text_schema(HEADINGS[kind]), write_options=PLAIN) as writer:
            for start in range(0, total, CHUNK):
                size = min(CHUNK, total - start)
                writer.write_table(table(plan, towns, weights / weights.sum(), start, size, rng))
        written.append(path)
    return written


def _referrals(
    plan: Plan, towns: list[dict[str, str]], weights: Numbers, start: int, size: int, rng: np.random.Generator
) -> pa.Table:
    """Stages in order: whatever would fall after the last day is still open."""
    rates, mix, period = plan.rates["stages"], plan.rates["mix"], plan.rates["period"]
    town = rng.choice(len(towns), size, p=weights)
    last = day_number(LAST_DAY)
    caught = rng.integers(day_number(FIRST_DAY), last + 1, size)
    since = caught - day_number(date.fromisoformat(f"{period['change']}-01"))
    shift = period["change_gain"] * np.clip(since / 365, 0, 1)

    way = rng.random(size)
    to_support = way < plan.rates["direction"]["to_support"]
    elsewhere = way >= plan.rates["direction"]["to_support"] + plan.rates["direction"]["to_connection"]
    department, names = draw({d.name: d.weight for d in plan.departments}, size, rng)
    told = np.array([d.recommended for d in plan.departments])[department]
    recommended = rng.random(size) < shifted_all(told, shift)
    agency, agencies = draw(mix["agency"], size, rng)
    back, back_names = draw(mix["connection_agency"], size, rng)
    other, other_names = draw(mix["other_agency"], size, rng)
    senders, receivers = [*names, *agencies], [*agencies, *back_names, *other_names]
    sender = np.where(to_support | elsewhere, department, len(names) + agency)
    back, other = len(agencies) + back, len(agencies) + len(back_names) + other
    receiver = np.where(to_support, agency, np.where(elsewhere, other, back))

    consent = plan.rates["consent"]
    given = rng.random(size) < shifted_all(consent["given"], shift)
    refused = ~given & (rng.random(size) < consent["refused"] / (1 - consent["given"]))
    chance = np.where(recommended, rates["handover_if_recommended"], rates["handover_if_not"])
    chance = np.where(to_support, chance, rates["handover_reverse"])
    chance = np.where(refused, rates["handover_if_refused"], chance)
    handover = caught + delays(rates["handover_days"], size, rng)
    handed = (rng.random(size) < shifted_all(chance, shift / 2)) & (handover <= last)
    contact = handover + delays(rates["contact_days"], size, rng)
    met = handed & (rng.random(size) < rates["contact"]) & (contact <= last)
    planned_on = contact + delays(rates["plan_days"], size, rng)
    planned = met & (rng.random(size) < rates["plan"]) & (planned_on <= last)

    basis, bases = draw(plan.rates["basis"]["otherwise"], size, rng)
    results = ["支援中", "終結", "他機関へ紹介", "辞退", "つながらず", "受入不可(余力なし)", "未定"]
    after_contact = rng.choice(3, size, p=[0.5, 0.35, 0.15])
    waiting = np.where(last - handover > NOT_REACHED_DAYS, 4, 6)
    waiting = np.where(rng.random(size) < rates["capacity_refusal"], 5, waiting)
    result = np.where(met, after_contact, np.where(handed, waiting, np.where(refused, 3, 6)))
    columns = [
        serials("SAMPLE", start + np.arange(1, size + 1)),
        pick([t["code6"] for t in towns], town),
        pick([t["name"] for t in towns], town),
        iso_dates(caught),
        pick(senders, sender),
        pick(receivers, receiver),
        pick(["有", "無"], np.where(recommended, 0, 1), to_support),
        pick(["有", "無", "未確認"], np.where(given, 0, np.where(refused, 1, 2))),
        pick([*bases, "本人同意"], np.where(given, len(bases), basis), handed),
        iso_dates(handover, handed),
        iso_dates(contact, met),
        iso_dates(planned_on, planned),
        pick(results, result),
    ]
    for subject in ("need", "age_band", "sex", "household"):
        index, words = draw(mix[subject], size, rng)
        columns.append(pick(words, index))
    return pa.table(columns, schema=text_schema(HEADINGS["referral"]))


def _meetings(
    plan: Plan, towns: list[dict[str, str]], weights: Numbers, start: int, size: int, rng: np.random.Generator
) -> pa.Table:
    """Meetings of eight organisations each; CHUNK is a multiple of eight, so no meeting is cut in two."""
    row = np.arange(size)
    meeting = row // PER_MEETING
    count = int(meeting[-1]) + 1
    bodies, forms = [body for body in plan.bodies if body.cases], plan.rates["meetings"]["forms"]
    answers, answer_words = draw(plan.rates["meetings"]["attend"], size, rng)
    body = rng.integers(0, len(bodies), count)
    begun = np.array([day_number(date.fromisoformat(f"{each.from_month}-01")) for each in bodies])[body]
    held = begun + (rng.random(count) * (day_number(LAST_DAY) + 1 - begun)).astype(int)
    form, form_words = draw(forms, count, rng)
    cases = rng.integers(1, 9, count)
    shared = np.minimum(cases, rng.integers(0, 4, count))
    minutes = rng.integers(6, 25, count) * 5
    town = rng.choice(len(towns), count, p=weights)
    first = rng.integers(0, len(plan.organisations), count)
    member = (first[meeting] + row % PER_MEETING) % len(plan.organisations)
    columns = [
        serials("SAMPLE", (start // PER_MEETING + np.arange(1, count + 1))[meeting]),
        pick([t["code6"] for t in towns], town[meeting]),
        pick([t["name"] for t in towns], town[meeting]),
        pick([b.name for b in bodies], body[meeting]),
        iso_dates(held[meeting]),
        pick(form_words, form[meeting]),
        pa.nulls(size, pa.string()),
        pick([o.name for o in plan.organisations], member),
        pick([o.category for o in plan.organisations], member),
        pick([o.side for o in plan.organisations], member),
        pick(["有", "無"], (rng.random(size) < plan.rates["meetings"]["invited_other_side"]).astype(int)),
        pick(answer_words, answers),
        *(pc.cast(pa.array(values[meeting]), pa.string()) for values in (cases, shared, minutes)),
    ]
    return pa.table(columns, schema=text_schema(HEADINGS["meeting"]))
