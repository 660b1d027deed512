CREATE TABLE "wealth"."tax_years" (
	"household_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"filing_status" text,
	"state" text,
	"lived_apart" boolean,
	"ordinary_income" numeric(15, 2),
	"itemized_deductions" numeric(15, 2),
	"short_term_loss_carryover" numeric(15, 2),
	"long_term_loss_carryover" numeric(15, 2),
	"modified_agi" numeric(15, 2),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "tax_years_pkey" PRIMARY KEY("household_id","year"),
	CONSTRAINT "tax_years_year" CHECK ("wealth"."tax_years"."year" between 1900 and 2199),
	CONSTRAINT "tax_years_filing_status_known" CHECK ("wealth"."tax_years"."filing_status" in ('single', 'marriedFilingJointly', 'marriedFilingSeparately', 'headOfHousehold')),
	CONSTRAINT "tax_years_state_code" CHECK ("wealth"."tax_years"."state" ~ '^[A-Z]{2}$'),
	CONSTRAINT "tax_years_losses_not_negative" CHECK (least("wealth"."tax_years"."short_term_loss_carryover", "wealth"."tax_years"."long_term_loss_carryover") >= 0)
);
--> statement-breakpoint
CREATE TABLE "wealth"."tax_year_people" (
	"household_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"person_id" uuid NOT NULL,
	"wages" numeric(15, 2),
	"self_employment" numeric(15, 2),
	"sep_basis" text,
	"wages_year_before" numeric(15, 2),
	"covered_at_work" boolean,
	"hsa_coverage" text[],
	"medicare_from_month" smallint,
	"filing_status" text,
	"modified_agi" numeric(15, 2),
	"five_year_beneficiaries" uuid[] DEFAULT '{}'::uuid[] NOT NULL,
	CONSTRAINT "tax_year_people_pkey" PRIMARY KEY("household_id","year","person_id"),
	CONSTRAINT "tax_year_people_filing_status_known" CHECK ("wealth"."tax_year_people"."filing_status" in ('single', 'marriedFilingJointly', 'marriedFilingSeparately', 'headOfHousehold')),
	CONSTRAINT "tax_year_people_sep_basis_known" CHECK ("wealth"."tax_year_people"."sep_basis" in ('wages', 'self_employment')),
	CONSTRAINT "tax_year_people_hsa_coverage" CHECK (cardinality("wealth"."tax_year_people"."hsa_coverage") = 12 and "wealth"."tax_year_people"."hsa_coverage" <@ array['none', 'self', 'family']),
	CONSTRAINT "tax_year_people_medicare_month" CHECK ("wealth"."tax_year_people"."medicare_from_month" between 1 and 12)
);
--> statement-breakpoint
ALTER TABLE "wealth"."accounts" ADD COLUMN "designated_beneficiary_id" uuid;
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD COLUMN "contribution_source" text;
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD COLUMN "contributor_id" uuid;
--> statement-breakpoint
ALTER TABLE "wealth"."tax_year_people" ADD CONSTRAINT "tax_year_people_year_fk" FOREIGN KEY ("household_id","year") REFERENCES "wealth"."tax_years"("household_id","year") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."tax_year_people" ADD CONSTRAINT "tax_year_people_person_fk" FOREIGN KEY ("person_id","household_id") REFERENCES "identity"."people"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."tax_years" ADD CONSTRAINT "tax_years_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "tax_year_people_person" ON "wealth"."tax_year_people" USING btree ("person_id");
--> statement-breakpoint
ALTER TABLE "wealth"."accounts" ADD CONSTRAINT "accounts_designated_beneficiary_fk" FOREIGN KEY ("designated_beneficiary_id","household_id") REFERENCES "identity"."people"("id","household_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD CONSTRAINT "investment_transactions_contributor_fk" FOREIGN KEY ("contributor_id","household_id") REFERENCES "identity"."people"("id","household_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "accounts_designated_beneficiary" ON "wealth"."accounts" USING btree ("designated_beneficiary_id");
--> statement-breakpoint
CREATE INDEX "investment_transactions_contributor" ON "wealth"."investment_transactions" USING btree ("contributor_id") WHERE "wealth"."investment_transactions"."contributor_id" is not null;
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD CONSTRAINT "investment_transactions_contribution_source" CHECK ("wealth"."investment_transactions"."contribution_source" in ('employee_pre_tax', 'employee_roth', 'employee_after_tax', 'employer', 'rollover', 'conversion'));
--> statement-breakpoint
select operations.protect_table('wealth.tax_years', 'household');
--> statement-breakpoint
select operations.protect_table('wealth.tax_year_people', 'household', stamped => false);
--> statement-breakpoint
grant insert, update (filing_status, state, lived_apart, ordinary_income, itemized_deductions, short_term_loss_carryover, long_term_loss_carryover, modified_agi,
  version) on wealth.tax_years to nestegg_write;
--> statement-breakpoint
-- The facts of the people are replaced as a whole.
grant insert, delete on wealth.tax_year_people to nestegg_write;
--> statement-breakpoint
grant update (designated_beneficiary_id) on wealth.accounts to nestegg_write;
--> statement-breakpoint
select operations.erase_before('wealth.accounts', array['wealth.tax_year_people', 'wealth.tax_years']);
