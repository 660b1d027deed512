CREATE TABLE "wealth"."account_values" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"account_id" uuid,
	"first_day" date NOT NULL,
	"value" double precision[] NOT NULL,
	"flow" double precision[] NOT NULL,
	"income" double precision[] NOT NULL,
	"fees" double precision[] NOT NULL,
	"price_gain" double precision[] NOT NULL,
	"currency_gain" double precision[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wealth"."value_changes" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"from_day" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wealth"."value_histories" (
	"household_id" uuid PRIMARY KEY NOT NULL,
	"currency" text NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"cached_metrics" jsonb NOT NULL,
	"prices" jsonb NOT NULL,
	"calculated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wealth"."value_states" (
	"household_id" uuid NOT NULL,
	"day" date NOT NULL,
	"state" jsonb NOT NULL,
	CONSTRAINT "value_states_pkey" PRIMARY KEY("household_id","day")
);
--> statement-breakpoint
CREATE TABLE "market"."price_changes" (
	"source" text NOT NULL,
	"revision" bigint NOT NULL,
	"first_day" date NOT NULL,
	CONSTRAINT "price_changes_pkey" PRIMARY KEY("source","revision")
);
--> statement-breakpoint
CREATE TABLE "market"."price_revisions" (
	"source" text PRIMARY KEY NOT NULL,
	"revision" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "wealth"."account_values" ADD CONSTRAINT "account_values_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."account_values" ADD CONSTRAINT "account_values_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."value_changes" ADD CONSTRAINT "value_changes_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."value_histories" ADD CONSTRAINT "value_histories_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."value_states" ADD CONSTRAINT "value_states_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "account_values_household" ON "wealth"."account_values" USING btree ("household_id","first_day","account_id");
--> statement-breakpoint
CREATE INDEX "account_values_account" ON "wealth"."account_values" USING btree ("account_id");
--> statement-breakpoint
CREATE INDEX "value_changes_household" ON "wealth"."value_changes" USING btree ("household_id","from_day");
--> statement-breakpoint
CREATE INDEX "transactions_transfer_halves" ON "wealth"."transactions" USING btree ("account_id") WHERE "wealth"."transactions"."transfer_account_id" is not null or "wealth"."transactions"."type" in ('transfer_in', 'transfer_out');
--> statement-breakpoint
-- A chart picks days of all quarters: values that stand in the row itself, uncompressed, are read twice as fast.
alter table wealth.account_values alter column value set storage main;
--> statement-breakpoint
-- Calculated by the platform, so without an audit trail.
select operations.protect_table('wealth.account_values', 'household', audited => false, stamped => false);
--> statement-breakpoint
select operations.protect_table('wealth.value_histories', 'household', audited => false, stamped => false);
--> statement-breakpoint
select operations.protect_table('wealth.value_states', 'household', audited => false, stamped => false);
--> statement-breakpoint
select operations.protect_table('wealth.value_changes', 'household', audited => false, stamped => false);
--> statement-breakpoint
grant insert, delete on wealth.account_values, wealth.value_histories, wealth.value_states to nestegg_operator;
--> statement-breakpoint
grant delete on wealth.value_changes to nestegg_operator;
--> statement-breakpoint
grant select on market.price_revisions, market.price_changes to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
-- For the triggers below, whoever changes the ledger: a person, a job, or an administrator of the database.
create policy noted_by_triggers on wealth.value_changes for insert to nestegg_owner with check (pg_trigger_depth() > 0);
--> statement-breakpoint
-- Note the days from which on the values of a household have changed. They only add rows, so that they never wait for one another. A household that is being
-- removed needs no note.
create function wealth.note_added_values() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into wealth.value_changes (household_id, from_day)
  -- A subquery, so that each row looks its reversed one up: the planner does not know how few rows there are, and would read the whole table.
  select a.household_id, min(least(a.date, (select o.date from wealth.transactions o where o.id = a.reverses_id)))
  from added a where not a.is_pending group by a.household_id;
  return null;
end
$$;
--> statement-breakpoint
create function wealth.note_changed_values() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into wealth.value_changes (household_id, from_day)
  select a.household_id, min(least(a.date, r.date))
  from added a join removed r using (id)
  where (a.account_id, a.date, a.type, a.amount, a.is_pending, a.transfer_account_id)
    is distinct from (r.account_id, r.date, r.type, r.amount, r.is_pending, r.transfer_account_id)
  group by a.household_id;
  return null;
end
$$;
--> statement-breakpoint
create function wealth.note_removed_values() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into wealth.value_changes (household_id, from_day)
  select r.household_id, min(least(r.date, (select o.date from wealth.transactions o where o.id = r.reverses_id)))
  from removed r where not r.is_pending and exists (select from identity.households h where h.id = r.household_id) group by r.household_id;
  return null;
end
$$;
--> statement-breakpoint
create trigger note_added_values after insert on wealth.transactions referencing new table as added
  for each statement execute function wealth.note_added_values();
--> statement-breakpoint
create trigger note_changed_values after update on wealth.transactions referencing old table as removed new table as added
  for each statement execute function wealth.note_changed_values();
--> statement-breakpoint
create trigger note_removed_values after delete on wealth.transactions referencing old table as removed
  for each statement execute function wealth.note_removed_values();
--> statement-breakpoint
-- The fields of securities of transactions that stay.
create function wealth.note_values_of_securities() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into wealth.value_changes (household_id, from_day)
  select household_id, min(date) from (
    select c.household_id, (select t.date from wealth.transactions t where t.id = c.transaction_id and not t.is_pending) as date from changed c) as dated
  where date is not null group by household_id;
  return null;
end
$$;
--> statement-breakpoint
create trigger note_values_of_added_securities after insert on wealth.investment_transactions referencing new table as changed
  for each statement execute function wealth.note_values_of_securities();
--> statement-breakpoint
create trigger note_values_of_changed_securities after update on wealth.investment_transactions referencing new table as changed
  for each statement execute function wealth.note_values_of_securities();
--> statement-breakpoint
create trigger note_values_of_removed_securities after delete on wealth.investment_transactions referencing old table as changed
  for each statement execute function wealth.note_values_of_securities();
--> statement-breakpoint
create function wealth.note_stated_values() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into wealth.value_changes (household_id, from_day)
  select c.household_id, min(c.date) from changed c join identity.households h on h.id = c.household_id group by c.household_id;
  return null;
end
$$;
--> statement-breakpoint
create trigger note_added_statements after insert on wealth.account_valuations referencing new table as changed
  for each statement execute function wealth.note_stated_values();
--> statement-breakpoint
create trigger note_statements_before after update on wealth.account_valuations referencing old table as changed
  for each statement execute function wealth.note_stated_values();
--> statement-breakpoint
create trigger note_statements_after after update on wealth.account_valuations referencing new table as changed
  for each statement execute function wealth.note_stated_values();
--> statement-breakpoint
create trigger note_removed_statements after delete on wealth.account_valuations referencing old table as changed
  for each statement execute function wealth.note_stated_values();
--> statement-breakpoint
-- An account that is added begins on the day it was opened, or entered in any timezone.
create function wealth.note_values_of_account() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op = 'INSERT' then
    insert into wealth.value_changes (household_id, from_day)
    values (new.household_id, least(new.opened_on, (new.created_at at time zone 'UTC')::date - 1));
  else
    insert into wealth.value_changes (household_id, from_day)
    select id, '0001-01-01' from identity.households where id = coalesce(new.household_id, old.household_id);
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger note_values_of_new_account after insert on wealth.accounts for each row execute function wealth.note_values_of_account();
--> statement-breakpoint
create trigger note_values_of_removed_account after delete on wealth.accounts for each row execute function wealth.note_values_of_account();
--> statement-breakpoint
create trigger note_values_of_changed_account after update on wealth.accounts for each row
  when ((old.currency, old.balance_source, old.opening_balance, old.opened_on, old.closed_on)
    is distinct from (new.currency, new.balance_source, new.opening_balance, new.opened_on, new.closed_on))
  execute function wealth.note_values_of_account();
--> statement-breakpoint
-- The timezone says on which day an account was entered.
create function wealth.note_values_of_household() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into wealth.value_changes (household_id, from_day) values (new.id, '0001-01-01');
  return null;
end
$$;
--> statement-breakpoint
create trigger note_values_of_household after update on identity.households for each row when (old.timezone <> new.timezone)
  execute function wealth.note_values_of_household();
--> statement-breakpoint
-- Gives changed prices a revision. The lock of its row makes the revisions of a source commit in their order. Older ones than the last hundred are forgotten:
-- what was calculated before them is calculated from the beginning.
create function market.revise_prices(sources text[], first_days date[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  with revised as (
    insert into market.price_revisions as r (source, revision) select source, 1 from unnest(sources) as source order by source
    on conflict (source) do update set revision = r.revision + 1 returning source, revision
  )
  insert into market.price_changes (source, revision, first_day)
  select source, revision, first_day from revised join unnest(sources, first_days) as changed (source, first_day) using (source);
  delete from market.price_changes c using market.price_revisions r
  where c.source = any (sources) and r.source = c.source and c.revision <= r.revision - 100;
end
$$;
--> statement-breakpoint
create function market.note_changed_prices() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform market.revise_prices(array_agg(source), array_agg(first_day)) from (
    select 'series ' || c.series_id as source, min(c.first_time at time zone 'UTC')::date as first_day
    from changed c join market.series s on s.id = c.series_id and s.timeframe = '1d' group by c.series_id) as daily
  having count(*) > 0;
  return null;
end
$$;
--> statement-breakpoint
create trigger note_changed_prices after insert on market.stale_ranges referencing new table as changed
  for each statement execute function market.note_changed_prices();
--> statement-breakpoint
create function market.note_changed_rates() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform market.revise_prices(array['rates'], array[min(date)]) from changed having count(*) > 0;
  return null;
end
$$;
--> statement-breakpoint
create trigger note_added_rates after insert on market.fx_rates referencing new table as changed
  for each statement execute function market.note_changed_rates();
--> statement-breakpoint
create trigger note_changed_rates after update on market.fx_rates referencing new table as changed
  for each statement execute function market.note_changed_rates();
--> statement-breakpoint
select operations.erase_before('wealth.accounts', array['wealth.account_values', 'wealth.value_states', 'wealth.value_histories']);
--> statement-breakpoint
-- After the accounts: their triggers add to it.
select operations.erase_before('planning.run_shards', array['wealth.value_changes']);
