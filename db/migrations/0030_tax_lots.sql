CREATE TABLE "wealth"."identical_securities" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"symbol" text NOT NULL,
	"other_symbol" text NOT NULL,
	"reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "identical_securities_ordered" CHECK ("wealth"."identical_securities"."symbol" < "wealth"."identical_securities"."other_symbol")
);
--> statement-breakpoint
CREATE TABLE "wealth"."lot_changes" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"symbol" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wealth"."lot_choices" (
	"transaction_id" uuid NOT NULL,
	"household_id" uuid NOT NULL,
	"method" text NOT NULL,
	"lots" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"identified_on" date NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "lot_choices_pkey" PRIMARY KEY("transaction_id"),
	CONSTRAINT "lot_choices_method_known" CHECK ("wealth"."lot_choices"."method" in ('fifo', 'lifo', 'hifo', 'lowest_tax', 'average', 'specific')),
	CONSTRAINT "lot_choices_specific_has_lots" CHECK (("wealth"."lot_choices"."method" = 'specific') = (jsonb_array_length("wealth"."lot_choices"."lots") > 0))
);
--> statement-breakpoint
CREATE TABLE "wealth"."lot_closings" (
	"transaction_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"household_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"symbol" text NOT NULL,
	"kind" text NOT NULL,
	"opening_id" uuid,
	"origin" text,
	"quantity" numeric(33, 18) NOT NULL,
	"acquired_on" date,
	"holding_from" date,
	"closed_on" date NOT NULL,
	"tax_year" smallint GENERATED ALWAYS AS (extract(year from closed_on)) STORED NOT NULL,
	"term" text NOT NULL,
	"proceeds" numeric(15, 2),
	"cost_basis" numeric(15, 2),
	"disallowed_loss" numeric(15, 2) NOT NULL,
	"gain" numeric(15, 2) GENERATED ALWAYS AS (proceeds - cost_basis + disallowed_loss) STORED,
	CONSTRAINT "lot_closings_pkey" PRIMARY KEY("transaction_id","position"),
	CONSTRAINT "lot_closings_kind_known" CHECK ("wealth"."lot_closings"."kind" in ('sale', 'short', 'cash_in_lieu', 'boot', 'return_of_capital')),
	CONSTRAINT "lot_closings_term_known" CHECK ("wealth"."lot_closings"."term" in ('short', 'long')),
	CONSTRAINT "lot_closings_origin_known" CHECK ("wealth"."lot_closings"."origin" in ('purchase', 'reinvestment', 'transfer', 'gift', 'inheritance', 'spin_off', 'short')),
	CONSTRAINT "lot_closings_disallowed_within_loss" CHECK ("wealth"."lot_closings"."disallowed_loss" between 0 and greatest(0, "wealth"."lot_closings"."cost_basis" - "wealth"."lot_closings"."proceeds"))
);
--> statement-breakpoint
CREATE TABLE "wealth"."lot_elections" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"symbol" text,
	"method" text NOT NULL,
	"effective_on" date NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "lot_elections_method_known" CHECK ("wealth"."lot_elections"."method" in ('fifo', 'lifo', 'hifo', 'lowest_tax', 'average'))
);
--> statement-breakpoint
CREATE TABLE "wealth"."lot_problems" (
	"transaction_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"household_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"symbol" text NOT NULL,
	"quantity" numeric(33, 18) NOT NULL,
	CONSTRAINT "lot_problems_pkey" PRIMARY KEY("transaction_id","kind"),
	CONSTRAINT "lot_problems_kind_known" CHECK ("wealth"."lot_problems"."kind" in ('oversold', 'overcovered', 'unknown_basis', 'transfer_without_other_half', 'no_rate', 'option', 'no_holding', 'no_fraction', 'no_ratio', 'no_price', 'no_basis_share', 'lot_not_held'))
);
--> statement-breakpoint
CREATE TABLE "wealth"."tax_lots" (
	"opening_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"household_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"symbol" text NOT NULL,
	"origin" text NOT NULL,
	"acquired_on" date NOT NULL,
	"holding_from" date NOT NULL,
	"long_term_on" date NOT NULL,
	"quantity" numeric(33, 18) NOT NULL,
	"cost_basis" numeric(15, 2),
	"wash_adjustment" numeric(15, 2) NOT NULL,
	"loss_basis" numeric(15, 2),
	CONSTRAINT "tax_lots_pkey" PRIMARY KEY("opening_id","position"),
	CONSTRAINT "tax_lots_origin_known" CHECK ("wealth"."tax_lots"."origin" in ('purchase', 'reinvestment', 'transfer', 'gift', 'inheritance', 'spin_off', 'short'))
);
--> statement-breakpoint
CREATE TABLE "wealth"."wash_sales" (
	"transaction_id" uuid NOT NULL,
	"closing_position" integer NOT NULL,
	"position" integer NOT NULL,
	"household_id" uuid NOT NULL,
	"replacement_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"symbol" text NOT NULL,
	"replaced_on" date NOT NULL,
	"quantity" numeric(33, 18) NOT NULL,
	"disallowed_loss" numeric(15, 2) NOT NULL,
	"is_lost" boolean NOT NULL,
	CONSTRAINT "wash_sales_pkey" PRIMARY KEY("transaction_id","closing_position","position")
);
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" DROP CONSTRAINT "investment_transactions_fees_not_negative";
--> statement-breakpoint
ALTER TABLE "wealth"."transactions" DROP CONSTRAINT "transactions_type_known";
--> statement-breakpoint
ALTER TABLE "wealth"."transactions" DROP CONSTRAINT "transactions_amount_not_zero";
--> statement-breakpoint
DROP INDEX "wealth"."investment_transactions_household";
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD COLUMN "lot_origin" text;
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD COLUMN "cost_basis" numeric(15, 2);
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD COLUMN "basis_share" numeric(11, 10);
--> statement-breakpoint
ALTER TABLE "wealth"."identical_securities" ADD CONSTRAINT "identical_securities_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."lot_changes" ADD CONSTRAINT "lot_changes_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."lot_choices" ADD CONSTRAINT "lot_choices_transaction_fk" FOREIGN KEY ("transaction_id","household_id") REFERENCES "wealth"."transactions"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."lot_closings" ADD CONSTRAINT "lot_closings_transaction_fk" FOREIGN KEY ("transaction_id","household_id") REFERENCES "wealth"."transactions"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."lot_closings" ADD CONSTRAINT "lot_closings_opening_id_fk" FOREIGN KEY ("opening_id","household_id") REFERENCES "wealth"."transactions"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."lot_closings" ADD CONSTRAINT "lot_closings_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."lot_elections" ADD CONSTRAINT "lot_elections_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."lot_problems" ADD CONSTRAINT "lot_problems_transaction_fk" FOREIGN KEY ("transaction_id","household_id") REFERENCES "wealth"."transactions"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."lot_problems" ADD CONSTRAINT "lot_problems_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."tax_lots" ADD CONSTRAINT "tax_lots_opening_id_fk" FOREIGN KEY ("opening_id","household_id") REFERENCES "wealth"."transactions"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."tax_lots" ADD CONSTRAINT "tax_lots_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "lot_closings_household_key" ON "wealth"."lot_closings" USING btree ("transaction_id","position","household_id");
--> statement-breakpoint
ALTER TABLE "wealth"."wash_sales" ADD CONSTRAINT "wash_sales_closing_fk" FOREIGN KEY ("transaction_id","closing_position","household_id") REFERENCES "wealth"."lot_closings"("transaction_id","position","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."wash_sales" ADD CONSTRAINT "wash_sales_replacement_id_fk" FOREIGN KEY ("replacement_id","household_id") REFERENCES "wealth"."transactions"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."wash_sales" ADD CONSTRAINT "wash_sales_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "identical_securities_pair_key" ON "wealth"."identical_securities" USING btree ("household_id","symbol","other_symbol");
--> statement-breakpoint
CREATE INDEX "identical_securities_household" ON "wealth"."identical_securities" USING btree ("household_id","id");
--> statement-breakpoint
CREATE INDEX "lot_changes_household" ON "wealth"."lot_changes" USING btree ("household_id","symbol");
--> statement-breakpoint
CREATE INDEX "lot_choices_household" ON "wealth"."lot_choices" USING btree ("household_id");
--> statement-breakpoint
CREATE INDEX "lot_closings_year" ON "wealth"."lot_closings" USING btree ("household_id","tax_year","closed_on","transaction_id","position");
--> statement-breakpoint
CREATE INDEX "lot_closings_symbol" ON "wealth"."lot_closings" USING btree ("household_id","symbol");
--> statement-breakpoint
CREATE INDEX "lot_closings_account" ON "wealth"."lot_closings" USING btree ("account_id","closed_on");
--> statement-breakpoint
CREATE INDEX "lot_closings_opening_id" ON "wealth"."lot_closings" USING btree ("opening_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "lot_elections_day_key" ON "wealth"."lot_elections" USING btree ("account_id",coalesce("symbol", ''),"effective_on");
--> statement-breakpoint
CREATE INDEX "lot_elections_household" ON "wealth"."lot_elections" USING btree ("household_id","id");
--> statement-breakpoint
CREATE INDEX "lot_problems_household" ON "wealth"."lot_problems" USING btree ("household_id","symbol");
--> statement-breakpoint
CREATE INDEX "lot_problems_account" ON "wealth"."lot_problems" USING btree ("account_id");
--> statement-breakpoint
CREATE INDEX "tax_lots_household" ON "wealth"."tax_lots" USING btree ("household_id","symbol");
--> statement-breakpoint
CREATE INDEX "tax_lots_account" ON "wealth"."tax_lots" USING btree ("account_id","symbol");
--> statement-breakpoint
CREATE INDEX "wash_sales_household" ON "wealth"."wash_sales" USING btree ("household_id","replaced_on");
--> statement-breakpoint
CREATE INDEX "wash_sales_replacement_id" ON "wealth"."wash_sales" USING btree ("replacement_id");
--> statement-breakpoint
CREATE INDEX "wash_sales_account" ON "wealth"."wash_sales" USING btree ("account_id");
--> statement-breakpoint
CREATE INDEX "investment_transactions_household" ON "wealth"."investment_transactions" USING btree ("household_id",coalesce("symbol", "security_id", "security_name"));
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD CONSTRAINT "investment_transactions_lot_origin_known" CHECK ("wealth"."investment_transactions"."lot_origin" in ('transfer', 'gift', 'inheritance'));
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD CONSTRAINT "investment_transactions_basis_share" CHECK ("wealth"."investment_transactions"."basis_share" between 0 and 1);
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD CONSTRAINT "investment_transactions_fees_not_negative" CHECK (least("wealth"."investment_transactions"."commission", "wealth"."investment_transactions"."regulatory_fees", "wealth"."investment_transactions"."other_fees", "wealth"."investment_transactions"."load", "wealth"."investment_transactions"."penalty", "wealth"."investment_transactions"."taxes", "wealth"."investment_transactions"."tax_withheld", "wealth"."investment_transactions"."state_tax_withheld", "wealth"."investment_transactions"."value", "wealth"."investment_transactions"."cost_basis") >= 0);
--> statement-breakpoint
ALTER TABLE "wealth"."transactions" ADD CONSTRAINT "transactions_type_known" CHECK ("wealth"."transactions"."type" in ('cash', 'buy', 'sell', 'short', 'cover', 'dividend', 'reinvestment', 'interest', 'fee', 'contribution', 'withdrawal', 'transfer_in', 'transfer_out', 'split', 'stock_dividend', 'merger', 'spin_off', 'symbol_change', 'return_of_capital'));
--> statement-breakpoint
ALTER TABLE "wealth"."transactions" ADD CONSTRAINT "transactions_amount_not_zero" CHECK ("wealth"."transactions"."amount" <> 0 or "wealth"."transactions"."type" in ('transfer_in', 'transfer_out', 'reinvestment', 'split', 'stock_dividend', 'merger', 'spin_off', 'symbol_change'));
--> statement-breakpoint
-- Calculated from the ledger by the platform, so without an audit trail.
select operations.protect_table('wealth.tax_lots', 'household', audited => false, stamped => false);
--> statement-breakpoint
select operations.protect_table('wealth.lot_closings', 'household', audited => false, stamped => false);
--> statement-breakpoint
select operations.protect_table('wealth.wash_sales', 'household', audited => false, stamped => false);
--> statement-breakpoint
select operations.protect_table('wealth.lot_problems', 'household', audited => false, stamped => false);
--> statement-breakpoint
select operations.protect_table('wealth.lot_changes', 'household', audited => false, stamped => false);
--> statement-breakpoint
select operations.protect_table('wealth.lot_elections', 'household');
--> statement-breakpoint
select operations.protect_table('wealth.lot_choices', 'household');
--> statement-breakpoint
select operations.protect_table('wealth.identical_securities', 'household');
--> statement-breakpoint
grant insert, delete on wealth.tax_lots, wealth.lot_closings, wealth.wash_sales, wealth.lot_problems to nestegg_write, nestegg_operator;
--> statement-breakpoint
grant delete on wealth.lot_changes to nestegg_write, nestegg_operator;
--> statement-breakpoint
grant insert, delete, update (method, effective_on, version) on wealth.lot_elections to nestegg_write;
--> statement-breakpoint
grant insert, delete on wealth.lot_choices to nestegg_write;
--> statement-breakpoint
grant insert, delete, update (reason, version) on wealth.identical_securities to nestegg_write;
--> statement-breakpoint
-- For the triggers below, when a job changes the ledger.
create policy jobs_mark on wealth.lot_changes to nestegg_owner using (household_id = (select operations.acting_household_id()))
  with check (household_id = (select operations.acting_household_id()));
--> statement-breakpoint
-- Note the securities of which the ledger has changed. They only add rows, so that they never wait for one another.
create function wealth.note_changed_lots() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into wealth.lot_changes (household_id, symbol) select distinct household_id, coalesce(symbol, security_id, security_name) from changed
  where coalesce(symbol, security_id, security_name) is not null;
  return null;
end
$$;
--> statement-breakpoint
create trigger note_added_lots after insert on wealth.investment_transactions referencing new table as changed
  for each statement execute function wealth.note_changed_lots();
--> statement-breakpoint
create trigger note_removed_lots after delete on wealth.investment_transactions referencing old table as changed
  for each statement execute function wealth.note_changed_lots();
--> statement-breakpoint
create function wealth.note_lots_of_transaction() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into wealth.lot_changes (household_id, symbol)
  select household_id, coalesce(symbol, security_id, security_name) from wealth.investment_transactions
  where transaction_id = new.id and coalesce(symbol, security_id, security_name) is not null;
  return null;
end
$$;
--> statement-breakpoint
create trigger note_lots_of_transaction after update on wealth.transactions for each row
  when (new.type <> 'cash' and (old.is_pending <> new.is_pending or old.transfer_account_id is distinct from new.transfer_account_id))
  execute function wealth.note_lots_of_transaction();
--> statement-breakpoint
-- How lots are chosen, and which securities replace one another.
create function wealth.note_lots_of_election() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  election wealth.lot_elections := coalesce(new, old);
begin
  insert into wealth.lot_changes (household_id, symbol)
  select distinct household_id, coalesce(symbol, security_id, security_name) from wealth.investment_transactions
  where account_id = election.account_id and coalesce(symbol, security_id, security_name) is not null
    and coalesce(symbol, security_id, security_name) = coalesce(election.symbol, coalesce(symbol, security_id, security_name));
  return null;
end
$$;
--> statement-breakpoint
create trigger note_lots_of_election after insert or update or delete on wealth.lot_elections for each row execute function wealth.note_lots_of_election();
--> statement-breakpoint
create function wealth.note_lots_of_choice() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into wealth.lot_changes (household_id, symbol)
  select household_id, coalesce(symbol, security_id, security_name) from wealth.investment_transactions
  where transaction_id = coalesce(new.transaction_id, old.transaction_id) and coalesce(symbol, security_id, security_name) is not null;
  return null;
end
$$;
--> statement-breakpoint
create trigger note_lots_of_choice after insert or update or delete on wealth.lot_choices for each row execute function wealth.note_lots_of_choice();
--> statement-breakpoint
create function wealth.note_lots_of_pair() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  pair wealth.identical_securities := coalesce(new, old);
begin
  insert into wealth.lot_changes (household_id, symbol) values (pair.household_id, pair.symbol), (pair.household_id, pair.other_symbol);
  return null;
end
$$;
--> statement-breakpoint
create trigger note_lots_of_pair after insert or delete on wealth.identical_securities for each row execute function wealth.note_lots_of_pair();
--> statement-breakpoint
-- Whether gains in an account are taxed decides what a wash sale does.
create function wealth.note_lots_of_account() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into wealth.lot_changes (household_id, symbol)
  select distinct household_id, coalesce(symbol, security_id, security_name) from wealth.investment_transactions
  where account_id = new.id and coalesce(symbol, security_id, security_name) is not null;
  return null;
end
$$;
--> statement-breakpoint
create trigger note_lots_of_account after update on wealth.accounts for each row when (old.tax_type is distinct from new.tax_type)
  execute function wealth.note_lots_of_account();
--> statement-breakpoint
insert into wealth.lot_changes (household_id, symbol)
select distinct household_id, coalesce(symbol, security_id, security_name) from wealth.investment_transactions
where coalesce(symbol, security_id, security_name) is not null;
--> statement-breakpoint
select operations.erase_before('wealth.investment_transactions', array['wealth.wash_sales', 'wealth.lot_closings', 'wealth.tax_lots', 'wealth.lot_problems',
  'wealth.lot_choices', 'wealth.lot_elections', 'wealth.identical_securities']);
--> statement-breakpoint
-- After the transactions: their triggers add to it.
select operations.erase_before('wealth.accounts', array['wealth.lot_changes']);
