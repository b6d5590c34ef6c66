CREATE TABLE `count_total` (
	`unit_code` text NOT NULL,
	`version` integer NOT NULL,
	`totals` text NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`unit_code`, `version`),
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `paragraph` (
	`unit_code` text NOT NULL,
	`template` text NOT NULL,
	`slot` text NOT NULL,
	`version` integer NOT NULL,
	`sealed` text NOT NULL,
	`by` text NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`unit_code`, `template`, `slot`, `version`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `rollup` (
	`unit_code` text NOT NULL,
	`at` integer NOT NULL,
	`figures` text NOT NULL,
	PRIMARY KEY(`unit_code`, `at`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `rollup_run` (
	`at` integer PRIMARY KEY NOT NULL,
	`began_at` integer NOT NULL,
	`done_up_to` text DEFAULT '' NOT NULL,
	`finished_at` integer,
	`rows` integer DEFAULT 0 NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `rollup_run_open` ON `rollup_run` (`at`) WHERE finished_at IS NULL;--> statement-breakpoint
CREATE TABLE `situation_report` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_code` text NOT NULL,
	`template` text NOT NULL,
	`lang` text NOT NULL,
	`as_of` integer NOT NULL,
	`from_at` integer NOT NULL,
	`version` integer NOT NULL,
	`figures` text NOT NULL,
	`hash` text NOT NULL,
	`sealed` text NOT NULL,
	`issued_by` text NOT NULL,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `situation_report_version` ON `situation_report` (`unit_code`,`template`,`lang`,`as_of`,`version`);--> statement-breakpoint
CREATE INDEX `situation_report_by_unit` ON `situation_report` (`unit_code`,`recorded_at`);