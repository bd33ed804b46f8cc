-- The public database: what was decided to be published and nothing else. What is hidden was never written here.

create schema public;

-- One row per release: this file holds one, numbered by the ledger.
create table public.release (
    number integer not null,
    published_at timestamp not null,
    data_end date not null,
    prefecture_code text not null,
    prefecture_name text not null,
    is_sample boolean not null,
    threshold integer not null,
    rounding integer not null,
    licence text not null,
    note text not null
);

-- One row per published indicator, its words as the catalog has them.
create table public.indicator (
    indicator_id text primary key,
    place integer not null,
    title text not null,
    kind text not null,
    period_kind text not null,  -- month, fiscal_year
    unit text not null,
    numerator_text text not null,
    denominator_text text not null,
    reading text not null,
    notice text not null,  -- 'N4' or 'N1・N4'
    source text not null,
    note text not null,
    breakdown_name text  -- null: not broken down
);

-- One row per value of a breakdown, with the undivided 'all' first.
create table public.breakdown (
    indicator_id text not null,
    breakdown text not null,
    place integer not null,
    label text not null,
    primary key (indicator_id, breakdown)
);

-- One row per place that figures are published of: municipalities, 圏域 if the prefecture lists them, the prefecture.
create table public.area (
    area_code text primary key,  -- 6 digits; a 圏域 is 'region:<name>'
    place integer not null,
    level text not null,  -- municipality, region, prefecture
    name text not null,
    kind text,  -- 政令市, 中核市, 市, 町村 …, of a municipality
    region text,
    population bigint
);

-- One row per indicator, place, period (month, or fiscal year as 'YYYY') and breakdown value.
-- state: value, partial, not_sent, hidden, not_applicable. A hidden count is null here, and so is every figure made
-- from it.
create table public.cell (
    indicator_id text not null,
    area_code text not null,
    period text not null,
    breakdown text not null,
    numerator bigint,
    denominator bigint,
    value double,
    low double,
    high double,
    state text not null,
    is_numerator_hidden boolean not null,
    is_denominator_hidden boolean not null,
    primary key (indicator_id, area_code, period, breakdown)
);

-- One row per published case, in the words of its sheet; contacts are left out.
create table public.example (
    example_id text primary key,
    area_code text not null,
    title text not null,
    theme text not null,
    started text,
    sheet json not null  -- heading → text, in the order to show
);

-- One row per indicator in which the printed figures are others than in the release before: rows by what is other.
create table public.change (
    indicator_id text primary key,
    title text not null,
    new integer not null,
    newly_shown integer not null,
    newly_hidden integer not null,
    revised integer not null,
    left_out integer not null
);

-- One row per official symbol: the legend of every table.
create table public.symbol (mark text primary key, meaning text not null);
