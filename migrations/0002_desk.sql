CREATE TABLE `audit_seal` (
	`date` text NOT NULL,
	`part` integer NOT NULL,
	`after_at` integer NOT NULL,
	`upto_at` integer NOT NULL,
	`rows` integer NOT NULL,
	`hash` text NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`date`, `part`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_seal_by_upto` ON `audit_seal` (`upto_at`);--> statement-breakpoint
CREATE TABLE `challenge` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`official_id` text,
	`recorded_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `export_request` (
	`id` text PRIMARY KEY NOT NULL,
	`official_id` text NOT NULL,
	`unit_code` text NOT NULL,
	`kind` text NOT NULL,
	`format` text NOT NULL,
	`masked` integer NOT NULL,
	`filter` text NOT NULL,
	`purpose` text NOT NULL,
	`sealed` text,
	`date` text NOT NULL,
	`rows` integer NOT NULL,
	`needs_approval` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`approved_at` integer,
	`refused_at` integer,
	`decided_by` text,
	`taken_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `export_by_official` ON `export_request` (`official_id`,`date`);--> statement-breakpoint
CREATE INDEX `export_waiting` ON `export_request` (`unit_code`,`recorded_at`) WHERE needs_approval = 1 AND approved_at IS NULL AND refused_at IS NULL;--> statement-breakpoint
CREATE TABLE `official` (
	`id` text PRIMARY KEY NOT NULL,
	`email_index` text NOT NULL,
	`unit_code` text NOT NULL,
	`role` text NOT NULL,
	`lang` text NOT NULL,
	`sealed` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `official_by_email` ON `official` (`email_index`) WHERE removed_at IS NULL;--> statement-breakpoint
CREATE INDEX `official_by_person` ON `official` (`email_index`);--> statement-breakpoint
CREATE INDEX `official_by_unit` ON `official` (`unit_code`) WHERE removed_at IS NULL;--> statement-breakpoint
CREATE TABLE `passkey` (
	`id` text PRIMARY KEY NOT NULL,
	`official_id` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text DEFAULT '[]' NOT NULL,
	`label` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`used_at` integer,
	`removed_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `passkey_by_official` ON `passkey` (`official_id`) WHERE removed_at IS NULL;--> statement-breakpoint
CREATE TABLE `retention` (
	`subject_id` text PRIMARY KEY NOT NULL,
	`unit_code` text NOT NULL,
	`due_at` integer NOT NULL,
	`told_at` integer NOT NULL,
	`sealed_off_at` integer,
	`recorded_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `retention_due` ON `retention` (`due_at`,`subject_id`) WHERE sealed_off_at IS NULL;--> statement-breakpoint
CREATE TABLE `session` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`official_id` text NOT NULL,
	`way` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `session_by_official` ON `session` (`official_id`,`recorded_at`);--> statement-breakpoint
CREATE TABLE `sign_in` (
	`id` text PRIMARY KEY NOT NULL,
	`email_index` text NOT NULL,
	`official_id` text,
	`token_hash` text NOT NULL,
	`code_hash` text NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`recorded_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `sign_in_by_token` ON `sign_in` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sign_in_by_email` ON `sign_in` (`email_index`,`recorded_at`);--> statement-breakpoint
CREATE TABLE `ticket` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_code` text NOT NULL,
	`subject_id` text,
	`sealed` text NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`closed_at` integer,
	`version` integer DEFAULT 0 NOT NULL,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `ticket_open` ON `ticket` (`unit_code`,`due_at`) WHERE closed_at IS NULL;--> statement-breakpoint
CREATE INDEX `ticket_by_subject` ON `ticket` (`subject_id`) WHERE subject_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `ticket_by_unit` ON `ticket` (`unit_code`,`recorded_at`);--> statement-breakpoint
CREATE INDEX `ticket_closed` ON `ticket` (`unit_code`,`closed_at`) WHERE closed_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `ticket_event` (
	`id` text PRIMARY KEY NOT NULL,
	`ticket_id` text NOT NULL,
	`kind` text NOT NULL,
	`unit_code` text NOT NULL,
	`actor` text NOT NULL,
	`sealed` text,
	`recorded_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `ticket_event_by_ticket` ON `ticket_event` (`ticket_id`,`recorded_at`);--> statement-breakpoint
CREATE TABLE `ticket_unit` (
	`ticket_id` text NOT NULL,
	`unit_code` text NOT NULL,
	`circulated_at` integer NOT NULL,
	`answered_at` integer,
	`removed_at` integer,
	PRIMARY KEY(`ticket_id`, `unit_code`),
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `ticket_unit_by_unit` ON `ticket_unit` (`unit_code`,`circulated_at`);--> statement-breakpoint
CREATE TABLE `tip_assignment` (
	`tip_id` text NOT NULL,
	`version` integer NOT NULL,
	`unit_code` text NOT NULL,
	`official_id` text,
	`by` text NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`tip_id`, `version`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tip_link` (
	`tip_id` text NOT NULL,
	`kind` text NOT NULL,
	`target_id` text NOT NULL,
	`by` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`removed_at` integer,
	PRIMARY KEY(`tip_id`, `kind`, `target_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `tip_link_by_target` ON `tip_link` (`target_id`) WHERE removed_at IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `tip_link_lead` ON `tip_link` (`tip_id`) WHERE kind = 'tip' AND removed_at IS NULL;--> statement-breakpoint
ALTER TABLE `audit` ADD `detail` text;--> statement-breakpoint
ALTER TABLE `audit` ADD `sealed` text;--> statement-breakpoint
CREATE INDEX `audit_by_actor` ON `audit` (`actor`,`recorded_at`);--> statement-breakpoint
CREATE INDEX `audit_by_unit` ON `audit` (`unit_code`,`recorded_at`);--> statement-breakpoint
CREATE INDEX `audit_by_time` ON `audit` (`recorded_at`,`id`);--> statement-breakpoint
ALTER TABLE `household` ADD `sealed_off_at` integer;--> statement-breakpoint
CREATE INDEX `household_by_point` ON `household` (`posting_point_id`,`recorded_at`,`persons`) WHERE posting_point_id IS NOT NULL;--> statement-breakpoint
ALTER TABLE `person` ADD `name_index` text;--> statement-breakpoint
CREATE INDEX `person_by_name` ON `person` (`name_index`,`unit_code`,`recorded_at`) WHERE name_index IS NOT NULL;--> statement-breakpoint
CREATE INDEX `person_symptomatic` ON `person` (`unit_code`,`recorded_at`) WHERE symptomatic = 1;--> statement-breakpoint
ALTER TABLE `posting_point` ADD `removed_at` integer;--> statement-breakpoint
CREATE INDEX `posting_point_by_unit` ON `posting_point` (`unit_code`,`id`) WHERE removed_at IS NULL;--> statement-breakpoint
ALTER TABLE `tip` ADD `sealed_off_at` integer;--> statement-breakpoint
CREATE INDEX `tip_settled` ON `tip` (`verified_recorded_at`,`id`) WHERE verified_recorded_at IS NOT NULL;--> statement-breakpoint
DROP INDEX `obligation_open_by_unit`;--> statement-breakpoint
CREATE INDEX `obligation_open_by_unit` ON `obligation` (`unit_code`,`kind`,`due_at`) WHERE met_at IS NULL AND excused_at IS NULL AND kind <> 'follow-up';--> statement-breakpoint
CREATE INDEX `obligation_open_by_kind` ON `obligation` (`kind`,`due_at`,`unit_code`) WHERE met_at IS NULL AND excused_at IS NULL AND kind <> 'follow-up';--> statement-breakpoint
CREATE INDEX `obligation_open_ticket` ON `obligation` (`unit_code`,`due_at`) WHERE met_at IS NULL AND excused_at IS NULL AND kind = 'ticket';--> statement-breakpoint
CREATE INDEX `obligation_open_ticket_by_town` ON `obligation` (substr(unit_code, 1, 9),`due_at`,`unit_code`) WHERE met_at IS NULL AND excused_at IS NULL AND kind = 'ticket';--> statement-breakpoint
CREATE INDEX `obligation_tip_by_town` ON `obligation` (substr(unit_code, 1, 9),`met_at`,`due_at`,`unit_code`) WHERE kind = 'tip' AND excused_at IS NULL;--> statement-breakpoint
CREATE INDEX `obligation_tip_met` ON `obligation` (`met_at`,`due_at`,`unit_code`) WHERE kind = 'tip' AND excused_at IS NULL AND met_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `observation_ended` ON `observation` (`ended_recorded_at`,`household_id`) WHERE ended_recorded_at IS NOT NULL;--> statement-breakpoint
CREATE TRIGGER `audit_never_changed` BEFORE UPDATE ON `audit` BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `audit_never_removed` BEFORE DELETE ON `audit` BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;--> statement-breakpoint
CREATE TABLE `unit_ears` (
	`unit_code` text PRIMARY KEY NOT NULL,
	`ears` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `unit_ears` (`unit_code`, `ears`) SELECT code, (SELECT json_group_array(json_array(id, role, channel, address_index)) FROM (SELECT id, role, channel, address_index FROM contact WHERE contact.unit_code = unit.code AND removed_at IS NULL AND unreachable_at IS NULL AND role <> 'care' ORDER BY role, channel, id)) FROM unit WHERE EXISTS (SELECT 1 FROM contact WHERE contact.unit_code = unit.code);--> statement-breakpoint
CREATE TRIGGER `contact_added` AFTER INSERT ON `contact` BEGIN INSERT INTO `unit_ears` (`unit_code`, `ears`) SELECT NEW.unit_code, (SELECT json_group_array(json_array(id, role, channel, address_index)) FROM (SELECT id, role, channel, address_index FROM contact WHERE contact.unit_code = NEW.unit_code AND removed_at IS NULL AND unreachable_at IS NULL AND role <> 'care' ORDER BY role, channel, id)) WHERE true ON CONFLICT (`unit_code`) DO UPDATE SET `ears` = excluded.`ears`; END;--> statement-breakpoint
CREATE TRIGGER `contact_changed` AFTER UPDATE OF `role`, `channel`, `address_index`, `removed_at`, `unreachable_at` ON `contact` BEGIN INSERT INTO `unit_ears` (`unit_code`, `ears`) SELECT NEW.unit_code, (SELECT json_group_array(json_array(id, role, channel, address_index)) FROM (SELECT id, role, channel, address_index FROM contact WHERE contact.unit_code = NEW.unit_code AND removed_at IS NULL AND unreachable_at IS NULL AND role <> 'care' ORDER BY role, channel, id)) WHERE true ON CONFLICT (`unit_code`) DO UPDATE SET `ears` = excluded.`ears`; END;--> statement-breakpoint
CREATE TRIGGER `contact_deleted` AFTER DELETE ON `contact` BEGIN INSERT INTO `unit_ears` (`unit_code`, `ears`) SELECT OLD.unit_code, (SELECT json_group_array(json_array(id, role, channel, address_index)) FROM (SELECT id, role, channel, address_index FROM contact WHERE contact.unit_code = OLD.unit_code AND removed_at IS NULL AND unreachable_at IS NULL AND role <> 'care' ORDER BY role, channel, id)) WHERE true ON CONFLICT (`unit_code`) DO UPDATE SET `ears` = excluded.`ears`; END;--> statement-breakpoint
CREATE TABLE `outbox_open` (
	`way` text NOT NULL,
	`ready_at` integer NOT NULL,
	`key` text NOT NULL,
	PRIMARY KEY(`way`, `ready_at`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `outbox_open` (`way`, `ready_at`, `key`) SELECT DISTINCT CASE channel WHEN 'mail' THEN 'mail' ELSE 'post' END, ready_at, CASE WHEN substr(id, -length(contact_id) - 1) = '/' || contact_id THEN substr(id, 1, length(id) - length(contact_id) - 1) ELSE id END FROM outbox WHERE state = 'ready';--> statement-breakpoint
DROP INDEX `outbox_ready`;--> statement-breakpoint
DROP INDEX `outbox_ready_post`;
