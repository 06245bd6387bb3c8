// Made by `npm run generate` from openapi/. Do not edit.
/* eslint-disable */
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description The user's id at the authority, `strategy|id`. Percent-encode the bar in a path.
         * @example auth0|5f7c8ec7c33c6c004bbafe82
         */
        UserId: string;
        /**
         * @description A problem document (RFC 9457).
         * @example {
         *       "type": "https://api.example.com/problems/not_found",
         *       "title": "Not found",
         *       "status": 404,
         *       "instance": "/v1/users/auth0%7C5f7c8ec7c33c6c004bbafe82",
         *       "code": "not_found",
         *       "request_id": "0c1b4b6e-58b0-4cf1-b1a6-8f1f1b9a9c57"
         *     }
         */
        Problem: {
            /**
             * Format: uri
             * @description URL of the explanation of `code`.
             */
            type: string;
            title: string;
            status: number;
            /** @description What went wrong with this request. */
            detail?: string;
            /** @description The path that was called. */
            instance?: string;
            /** @description Stable code; see `GET /problems/{code}`. */
            code: string;
            /** @description Quote it in support requests. */
            request_id: string;
            /** @description With `insufficient_scope`, every scope that the operation needs; with `scope_not_available`, those that the authority lacks. */
            scopes?: string[];
            /** @description One entry for each invalid field or parameter. */
            errors?: {
                /** @enum {string} */
                in: "body" | "query" | "path" | "header";
                /** @description RFC 6901 pointer to the value. */
                pointer: string;
                /** @description The rule that was violated. */
                code: string;
                message: string;
            }[];
        };
        /**
         * @example {
         *       "id": "0b4f7f4e-3c0a-4a37-8a9e-5a0a5b5c5d5e",
         *       "status": "running",
         *       "channel": "row_by_row",
         *       "total": 1000,
         *       "counts": {
         *         "pending": 400,
         *         "created": 598,
         *         "failed": 1,
         *         "skipped": 1,
         *         "unknown": 0
         *       },
         *       "rows_per_second": 16,
         *       "estimated_end_at": "2026-11-23T09:01:05.000Z",
         *       "created_at": "2026-11-23T09:00:00.000Z",
         *       "started_at": "2026-11-23T09:00:01.000Z"
         *     }
         */
        UserImport: {
            id: string;
            /** @enum {string} */
            status: "queued" | "running" | "paused" | "completed" | "cancelled";
            /**
             * @description How users are created, with one call for each or through Auth0's import jobs.
             * @enum {string}
             */
            channel: "row_by_row" | "import_jobs";
            /** @description Whether a verification email is sent to each user. */
            send_verification_email?: boolean;
            /** @description Whether a `user.created` event is recorded for each created user. */
            user_events?: boolean;
            /** @description Rows in the import. */
            total: number;
            /** @description Rows by status. Their sum is `total`. */
            counts: {
                /** @description Not processed yet; after cancellation, never processed. */
                pending: number;
                created: number;
                failed: number;
                /** @description The user existed already. */
                skipped: number;
                /** @description Sent to the authority, whose answer was lost; a look-up did not clarify the outcome. */
                unknown: number;
            };
            /** @description Recent rate, while it runs. */
            rows_per_second?: number;
            /**
             * Format: date-time
             * @description While it runs, the estimated end, from its own remaining rows, those of the other imports that share Auth0's rate limit, and the current state of that limit.
             */
            estimated_end_at?: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            started_at?: string;
            /** Format: date-time */
            completed_at?: string;
        };
        /**
         * @example {
         *       "code": "invalid_body",
         *       "message": "must be true or false",
         *       "pointer": "/email_verified"
         *     }
         */
        UserImportRowError: {
            /** @description A problem code. `email_unavailable`: as in `POST /v1/users`, where tenants share a database of users. `member_refused`: the user was created, and the row has its `user_id`. */
            code: string;
            message: string;
            /** @description RFC 6901 pointer to the invalid field of the row. */
            pointer?: string;
        };
        /**
         * @example {
         *       "row": 1,
         *       "status": "created",
         *       "email": "ada@acme.example",
         *       "user_id": "auth0|0b4f7f4e3c0a4a378a9e5a0a5b5c5d5e"
         *     }
         * @example {
         *       "row": 2,
         *       "line": 3,
         *       "status": "failed",
         *       "error": {
         *         "code": "invalid_body",
         *         "message": "must have required property 'email'",
         *         "pointer": "/email"
         *       },
         *       "errors": [
         *         {
         *           "code": "invalid_body",
         *           "message": "must have required property 'email'",
         *           "pointer": "/email"
         *         },
         *         {
         *           "code": "invalid_body",
         *           "message": "must be true or false",
         *           "pointer": "/email_verified"
         *         }
         *       ]
         *     }
         */
        UserImportRow: {
            /** @description Position in the import, from 1. */
            row: number;
            /** @description The line of the file where the row begins, from 1. Present for CSV and NDJSON rows that were invalid when they were parsed. */
            line?: number;
            /** @enum {string} */
            status: "pending" | "created" | "failed" | "skipped" | "unknown";
            /** @description The email in the row, if any. */
            email?: string;
            user_id?: components["schemas"]["UserId"];
            error?: components["schemas"]["UserImportRowError"];
            /** @description All validation errors of the row, if there are several; `error` is the first of them. */
            errors?: components["schemas"]["UserImportRowError"][];
        };
        /**
         * @example {
         *       "rows": [
         *         {
         *           "row": 1,
         *           "status": "created",
         *           "email": "ada@acme.example",
         *           "user_id": "auth0|0b4f7f4e3c0a4a378a9e5a0a5b5c5d5e0000001"
         *         },
         *         {
         *           "row": 2,
         *           "status": "skipped",
         *           "email": "bob@acme.example"
         *         }
         *       ],
         *       "next_cursor": "Mg"
         *     }
         */
        UserImportRowList: {
            rows: components["schemas"]["UserImportRow"][];
            /** @description Present while there are more pages; pass it as `cursor`. */
            next_cursor?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
