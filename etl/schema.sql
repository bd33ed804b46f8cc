-- The tables of the internal database, room by room. The raw.<return> tables are not written here: they are made
-- from etl/returns/*.toml, the one declaration of each return. ref.* is made by etl.reference, core.* by etl/core/*.sql,
-- cube.* by metrics.cube. etl and metrics meet in these tables and nowhere else.

create schema if not exists raw;
create schema if not exists corrected;
create schema if not exists core;

-- one row = one fact about this database (prefecture, schema)
create table if not exists raw.setting (name text primary key, value text);

-- one row = one received file whose rows are in this database
create table if not exists raw.load (
    load_id text primary key,
    sha256 text not null,
    file text not null,
    return_id text not null,
    received date not null,
    loaded_at text not null,
    row_count bigint not null
);

-- one row = file × municipality × month that the file reports (rows taken, rows set aside; both 0: a stated zero)
create table if not exists raw.coverage (
    load_id text not null,
    return_id text not null,
    area_code text not null,
    period text not null,
    row_count bigint not null,
    quarantined_count bigint not null
);

-- one row = one free name of a department or organisation, with its category of the alias table
create table if not exists raw.organisation (name text primary key, category text not null);

-- one row = one stage that a municipality reached with one case, as entered at the desk and not undone
create table if not exists raw.adoption (
    area_code text not null,
    example_id text not null,
    example_area_code text not null,
    stage text not null,
    adopted_date date not null
);
