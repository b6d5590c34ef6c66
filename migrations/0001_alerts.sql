CREATE TABLE `shift` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_code` text NOT NULL,
	`contact_id` text NOT NULL,
	`post` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`taken_over_at` integer,
	`sealed` text,
	`recorded_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `shift_by_unit` ON `shift` (`unit_code`,`ends_at`) WHERE removed_at IS NULL;--> statement-breakpoint
CREATE TABLE `post_attempt` (
	`endpoint` text NOT NULL,
	`at` integer NOT NULL,
	`batch_id` text NOT NULL,
	PRIMARY KEY(`endpoint`, `at`, `batch_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `delivery_event` (
	`id` text PRIMARY KEY NOT NULL,
	`outbox_id` text NOT NULL,
	`message_id` text,
	`kind` text NOT NULL,
	`detail` text,
	`occurred_at` integer NOT NULL,
	`recorded_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `delivery_event_by_outbox` ON `delivery_event` (`outbox_id`,`occurred_at`);--> statement-breakpoint
CREATE TABLE `dead_letter` (
	`id` text PRIMARY KEY NOT NULL,
	`problem` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`cleared_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `dead_letter_open` ON `dead_letter` (`recorded_at`) WHERE cleared_at IS NULL;--> statement-breakpoint
ALTER TABLE `contact` ADD `channel` text DEFAULT 'mail' NOT NULL;--> statement-breakpoint
ALTER TABLE `contact` ADD `unreachable_at` integer;--> statement-breakpoint
ALTER TABLE `contact` ADD `unreachable_why` text;--> statement-breakpoint
DROP INDEX `contact_live`;--> statement-breakpoint
CREATE INDEX `contact_by_endpoint` ON `contact` (`address_index`) WHERE channel <> 'mail';--> statement-breakpoint
CREATE INDEX `contact_reachable` ON `contact` (`unit_code`,`role`,`channel`,`id`,`address_index`) WHERE removed_at IS NULL AND unreachable_at IS NULL;--> statement-breakpoint
ALTER TABLE `obligation` ADD `held_for` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `obligation` ADD `ack_until` integer;--> statement-breakpoint
DROP INDEX `obligation_next_due`;--> statement-breakpoint
CREATE INDEX `obligation_next_due` ON `obligation` (`next_due_at`,`id`,`kind`,`unit_code`,`opened_at`,`due_at`,`step`,`version`,`held_for`,`met_at`,`excused_at`) WHERE next_due_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `channel` text DEFAULT 'mail' NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `tells` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `merged_into` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `delivered_at` integer;--> statement-breakpoint
DROP INDEX `outbox_ready`;--> statement-breakpoint
CREATE INDEX `outbox_ready` ON `outbox` (`ready_at`,`contact_id`) WHERE state = 'ready' AND channel = 'mail';--> statement-breakpoint
CREATE INDEX `outbox_failed` ON `outbox` (`recorded_at`) WHERE state = 'failed';--> statement-breakpoint
CREATE INDEX `outbox_ready_post` ON `outbox` (`ready_at`,`contact_id`) WHERE state = 'ready' AND channel <> 'mail';--> statement-breakpoint
ALTER TABLE `outbox_batch` ADD `channel` text DEFAULT 'mail' NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox_batch` ADD `endpoint` text;--> statement-breakpoint
CREATE TABLE `alert_new` (
	`obligation_id` text NOT NULL,
	`outbox_id` text NOT NULL,
	`kind` text NOT NULL,
	`step` integer NOT NULL,
	`contact_id` text NOT NULL,
	`due_at` integer DEFAULT 0 NOT NULL,
	`again` integer DEFAULT 0 NOT NULL,
	`recorded_at` integer NOT NULL,
	`acked_at` integer,
	PRIMARY KEY(`obligation_id`, `due_at`, `outbox_id`, `kind`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `alert_new` (`obligation_id`, `outbox_id`, `kind`, `step`, `contact_id`, `due_at`, `recorded_at`)
	SELECT `obligation_id`, `outbox_id`, `kind`, `step`, `contact_id`, `due_at`, `recorded_at` FROM `alert`;--> statement-breakpoint
DROP TABLE `alert`;--> statement-breakpoint
ALTER TABLE `alert_new` RENAME TO `alert`;--> statement-breakpoint
CREATE INDEX `alert_by_outbox` ON `alert` (`outbox_id`);--> statement-breakpoint
-- What a message tells stood between the lines of two tables; what is still to leave gets it written out.
UPDATE `outbox` SET `tells` = (
	SELECT json_group_array(json_array(t.obligation_id, t.from_version, t.kind, t.step, 0))
	FROM `transition` AS t
	WHERE t.sweep_id = outbox.sweep_id AND CASE outbox.kind
		WHEN 'digest' THEN t.to_unit = outbox.unit_code AND t.to_grid = (SELECT role = 'grid' FROM contact WHERE contact.id = outbox.contact_id)
		WHEN 'urgent' THEN t.kind = 'urgent'
		ELSE t.kind = 'recovered' AND EXISTS (SELECT 1 FROM alert AS a WHERE a.obligation_id = t.obligation_id
			AND a.contact_id = outbox.contact_id AND a.kind = 'overdue' AND (t.from_version >= 0 OR a.due_at = t.owed_at)) END
) WHERE `state` = 'ready';--> statement-breakpoint
DROP INDEX `transition_by_sweep`;--> statement-breakpoint
ALTER TABLE `transition` ADD `told` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
UPDATE `transition` SET `told` = json_array(json_array(to_unit || CASE WHEN to_grid THEN '/grid' ELSE '' END, kind, step, due_at))
	WHERE `to_unit` IS NOT NULL;--> statement-breakpoint
ALTER TABLE `transition` DROP COLUMN `to_unit`;--> statement-breakpoint
ALTER TABLE `transition` DROP COLUMN `to_grid`;--> statement-breakpoint
CREATE INDEX `transition_pending` ON `transition` (`recorded_at`,`owed_at`) WHERE sweep_id = '';--> statement-breakpoint
CREATE INDEX `transition_told` ON `transition` (`recorded_at`) WHERE told <> '[]';--> statement-breakpoint
CREATE INDEX `outbox_unknown` ON `outbox` (`recorded_at`) WHERE state = 'unknown';--> statement-breakpoint
CREATE INDEX `outbox_undelivered` ON `outbox` (`unit_code`,`recorded_at`) WHERE state IN ('failed', 'unknown');--> statement-breakpoint
CREATE INDEX `contact_unreachable` ON `contact` (`unit_code`) WHERE unreachable_at IS NOT NULL AND removed_at IS NULL;--> statement-breakpoint
ALTER TABLE `submission` ADD `version` integer;--> statement-breakpoint
UPDATE `submission` SET `version` = r.version FROM `reading` AS r WHERE submission.id = r.submission_id;
