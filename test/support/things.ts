import { sql } from 'drizzle-orm'
import { date, integer, numeric, pgSchema, text } from 'drizzle-orm/pg-core'
import type { Sql } from '../../db/connections.ts'
import { id, instant } from '../../db/schema/columns.ts'

/** A table with every kind of column that a list may be sorted by. `version` is a text, so the counter has another name. */
export const things = pgSchema('trial').table('things', {
  id: id(),
  owner: text('owner').notNull(),
  name: text('name').notNull(),
  version: text('version').notNull().default('A'),
  amount: numeric('amount', { precision: 12, scale: 2 }),
  rank: integer('rank'),
  day: date('day', { mode: 'string' }),
  madeAt: instant('made_at').notNull().default(sql`clock_timestamp()`),
  rowVersion: integer('row_version').notNull().default(1),
})

/**
 * Makes the table in a test database. All users can read every row. No user can change a row of the owner `published` or add one of the
 * owner `forbidden`.
 */
export const makeThings = async (administrator: Sql): Promise<void> => {
  await administrator.unsafe(`
    create schema trial;
    create table trial.things (id uuid primary key default operations.uuid_v7(), owner text not null, name text not null, version text not null default 'A',
      amount numeric(12, 2), rank integer, day date, made_at timestamptz not null default clock_timestamp(), row_version integer not null default 1);
    alter table trial.things enable row level security;
    create policy readable on trial.things for select using (true);
    create policy added on trial.things for insert with check (owner <> 'forbidden');
    create policy changed on trial.things for update using (owner <> 'published');
    create policy removed on trial.things for delete using (owner <> 'published');
    grant usage on schema trial to nestegg_write, nestegg_read;
    grant select on trial.things to nestegg_read;
    grant select, insert, update, delete on trial.things to nestegg_write;`)
}
