CREATE TABLE "operations"."erasure_list" (
	"table_name" text PRIMARY KEY NOT NULL,
	"place" numeric NOT NULL,
	"person_column" text,
	"household_column" text,
	"replacements" jsonb,
	CONSTRAINT "erasure_list_owner" CHECK (num_nonnulls("operations"."erasure_list"."person_column", "operations"."erasure_list"."household_column") > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "erasure_list_place_key" ON "operations"."erasure_list" USING btree ("place");
--> statement-breakpoint
select operations.guard_table('operations.erasure_list', audited => false, stamped => false);
--> statement-breakpoint
create policy maintained_by_migrations on operations.erasure_list to nestegg_owner using (true) with check (true);
--> statement-breakpoint
insert into operations.erasure_list (table_name, place, person_column, household_column, replacements)
select table_name, place, person_column, household_column, replacements from operations.erasure_steps();
--> statement-breakpoint
create or replace function operations.erasure_steps() returns table (place integer, table_name text, person_column text, household_column text, replacements jsonb)
language sql stable set search_path = pg_catalog as $$
  select (row_number() over (order by l.place))::integer, l.table_name, l.person_column, l.household_column, l.replacements from operations.erasure_list l
$$;
--> statement-breakpoint
-- Adds new tables to what is erased, in their order before a table of the list that they refer to. For migrations.
create function operations.erase_before(next_table text, new_tables text[], household_column text default 'household_id', person_column text default null)
returns void language plpgsql set search_path = pg_catalog as $$
declare
  upper_place constant numeric := (select l.place from operations.erasure_list l where l.table_name = next_table);
  lower_place constant numeric := coalesce((select max(l.place) from operations.erasure_list l where l.place < upper_place), upper_place - 1);
  target text;
  ordinal bigint;
begin
  if upper_place is null then
    raise exception '% is not in operations.erasure_list', next_table;
  end if;
  for target, ordinal in select * from unnest(new_tables) with ordinality loop
    insert into operations.erasure_list (table_name, place, person_column, household_column)
    values (target, lower_place + (upper_place - lower_place) * ordinal / (cardinality(new_tables) + 1), person_column, household_column);
    execute format('create policy erased_on_path on %s to nestegg_owner using ((select operations.has_audit_path(''person'')))
      with check ((select operations.has_audit_path(''person'')))', target);
  end loop;
end
$$;
--> statement-breakpoint
-- Takes tables from what is erased. For rollbacks, which drop the tables with their policies.
create function operations.leave_unerased(tables text[]) returns void
language sql set search_path = pg_catalog as $$
  delete from operations.erasure_list where table_name = any (tables)
$$;
