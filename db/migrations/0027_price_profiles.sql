-- How the price files of a source are read, by the hash of their header.
CREATE TABLE "market"."price_profiles" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"name" text NOT NULL,
	"header_hash" text NOT NULL,
	"profile" jsonb NOT NULL,
	"duplicates" text DEFAULT 'refuse' NOT NULL,
	"skip_faults" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "price_profiles_duplicates_known" CHECK ("market"."price_profiles"."duplicates" in ('refuse', 'first', 'last')),
	CONSTRAINT "price_profiles_profile_small" CHECK (length("market"."price_profiles"."profile"::text) <= 20000)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "price_profiles_header_key" ON "market"."price_profiles" USING btree ("header_hash");
--> statement-breakpoint
grant select on market.price_profiles to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
grant insert, delete, update (name, profile, duplicates, skip_faults, version) on market.price_profiles to nestegg_operator;
--> statement-breakpoint
create trigger stamp_row before insert or update on market.price_profiles for each row execute function operations.stamp_row();
--> statement-breakpoint
create trigger audit_change after insert or update or delete on market.price_profiles for each row execute function operations.audit_change();
