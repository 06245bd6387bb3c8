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
         * @description A relayed call whose caller did not wait until its end.
         * @example {
         *       "id": "5b1c0f0e-6a0f-4a6a-9f5b-0a4b7c3d2e1f",
         *       "operation": "createUser",
         *       "status": "queued",
         *       "created_at": "2026-11-23T09:00:00.000Z"
         *     }
         */
        Job: {
            id: string;
            /** @description The operationId that was called. */
            operation: string;
            /**
             * @description `unknown`: sent to the authority, whose answer was lost; it is not retried.
             * @enum {string}
             */
            status: "queued" | "running" | "succeeded" | "failed" | "unknown";
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            finished_at?: string;
            /** @description The steps of the job, in order, if it has any. Those of a job that failed permanently end `undone`. */
            steps?: {
                name: string;
                /** @enum {string} */
                status: "pending" | "begun" | "done" | "undone";
            }[];
            /** @description With `succeeded`, the answer of the operation. */
            answer?: {
                status: number;
                /** @description The body of the operation's answer; absent when it has none. */
                body?: unknown;
            };
            problem?: components["schemas"]["Problem"];
        };
        /**
         * @description A role, which is a named set of scopes.
         * @enum {string}
         */
        RoleName: "admin" | "member";
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
        /**
         * @example {
         *       "name": "all",
         *       "burst": 50,
         *       "per_second": 16,
         *       "available": 47,
         *       "pace": 1,
         *       "refused": 0
         *     }
         */
        Bucket: {
            /** @description `all`, or the name of an endpoint group. */
            name: string;
            /** @description Capacity of the bucket in calls. */
            burst: number;
            /** @description Calls a second that the plan allows. */
            per_second: number;
            /** @description Calls that could be made now. */
            available: number;
            /** @description Fraction of that rate that is used. Reduced below 1 after refusals by the authority, then increased again step by step. */
            pace: number;
            /** @description Number of calls that the authority refused because of its rate limit. */
            refused: number;
            /**
             * Format: date-time
             * @description No call is made before this time.
             */
            paused_until?: string;
        };
        /**
         * @example {
         *       "buckets": [
         *         {
         *           "name": "all",
         *           "burst": 50,
         *           "per_second": 16,
         *           "available": 47,
         *           "pace": 1,
         *           "refused": 0
         *         },
         *         {
         *           "name": "organizations_write",
         *           "burst": 5,
         *           "per_second": 2.5,
         *           "available": 4,
         *           "pace": 1,
         *           "refused": 0
         *         }
         *       ],
         *       "exchanges": {
         *         "keys": 12,
         *         "made_this_month": 214,
         *         "seconds_per_exchange": 86400,
         *         "expected_per_month": 360
         *       }
         *     }
         */
        Budget: {
            buckets: components["schemas"]["Bucket"][];
            /** @description Client-credentials exchanges of API keys. The authority meters them: a plan includes a number of them each month. Tokens that tenants obtain with their keys themselves are not included. */
            exchanges: {
                /** @description API keys that were used within the last 30 days. */
                keys: number;
                /** @description By this deployment, in this calendar month (UTC). */
                made_this_month: number;
                /** @description How long the token of an exchange is used; absent before the first exchange. */
                seconds_per_exchange?: number;
                /** @description In 30 days, if each of these keys is in constant use; absent while `seconds_per_exchange` is. */
                expected_per_month?: number;
            };
        };
        /**
         * @description Chosen at creation; never changes.
         * @example acme
         */
        TenantId: string;
        /**
         * @example {
         *       "public_url": {
         *         "url": "https://api.example.com",
         *         "leads_to": "here"
         *       },
         *       "clocks": {
         *         "api_ms": 3,
         *         "authority_ms": -210,
         *         "tolerance_ms": 5000
         *       },
         *       "redis": {
         *         "product": "redis",
         *         "version": "8.2.1",
         *         "role": "master",
         *         "appendonly": true,
         *         "last_append": "ok",
         *         "snapshots": false,
         *         "maxmemory_policy": "noeviction",
         *         "maxmemory": 0,
         *         "used_memory": 4194304
         *       },
         *       "workers": {
         *         "seen": true
         *       },
         *       "limits": [
         *         {
         *           "bucket": "all",
         *           "configured": 50,
         *           "reported": 50
         *         }
         *       ],
         *       "applications": {
         *         "limit": 100
         *       },
         *       "differences": {
         *         "total": 1,
         *         "first": [
         *           {
         *             "what": "missing_client",
         *             "client_id": "Kq3nZ1b6w0mVxT8r"
         *           }
         *         ]
         *       },
         *       "account_events": {
         *         "by": "none"
         *       }
         *     }
         */
        Diagnosis: {
            /** @description Whether this process reaches itself, or another process of this deployment, at `PUBLIC_URL`. */
            public_url: {
                url: string;
                /**
                 * @description `elsewhere`: something else answers. `nowhere`: nothing does, within some seconds.
                 * @enum {string}
                 */
                leads_to: "here" | "elsewhere" | "nowhere";
            };
            clocks: {
                /** @description How far the clock of this process is ahead of the one of Redis, ms. */
                api_ms: number;
                /** @description How far the clock of the authority is ahead of the one of this process, ms, to about a second, when its keys were last read. */
                authority_ms?: number;
                /** @description `CLOCK_TOLERANCE_SECONDS`. */
                tolerance_ms: number;
            };
            /** @description What Redis says of itself (INFO). Members that it does not tell are absent. */
            redis: {
                /** @enum {string} */
                product?: "redis" | "valkey";
                version?: string;
                role?: string;
                appendonly?: boolean;
                /** @enum {string} */
                last_append?: "ok" | "failed";
                /** @description Whether snapshots are configured (`save`). */
                snapshots?: boolean;
                maxmemory_policy?: string;
                /** @description Bytes; 0: no limit. */
                maxmemory?: number;
                /** @description Bytes. */
                used_memory?: number;
            };
            workers: {
                /** @description Whether a worker has given a sign of life within the last seconds. */
                seen: boolean;
            };
            /** @description Rate limits of the Management API, by bucket of the budget: as `AUTH0_PLAN` says, and as Auth0 has reported with the last call of this bucket. */
            limits: {
                bucket: string;
                configured: number;
                /** @description Absent until an answer of Auth0 named it. */
                reported?: number;
            }[];
            applications: {
                /** @description `APPLICATION_LIMIT`. */
                limit: number;
            };
            /** @description What the last comparison with Auth0 has found, and not repaired. */
            differences: {
                total: number;
                first: {
                    /** @description As in the events of the operator: `missing_client`. */
                    what: string;
                    client_id: string;
                }[];
            };
            /** @description How changes that are made at Auth0 itself come to this deployment. */
            account_events: {
                /** @enum {string} */
                by: "stream" | "poll" | "none";
                /**
                 * Format: date-time
                 * @description When the last one came.
                 */
                last_at?: string;
            };
        };
        /**
         * @example {
         *       "applications": {
         *         "used": 41
         *       },
         *       "missing_scopes": [],
         *       "vanished_clients": {
         *         "compared": true,
         *         "total": 1,
         *         "first": [
         *           {
         *             "client_id": "Kq3nZ1b6w0mVxT8r",
         *             "kind": "tenant",
         *             "tenant_id": "acme"
         *           }
         *         ]
         *       },
         *       "clocks": {
         *         "worker_ms": 2,
         *         "authority_ms": -180
         *       }
         *     }
         */
        AccountDiagnosis: {
            applications: {
                /** @description All applications of the account, whoever made them. */
                used: number;
            };
            /** @description Scopes of the Management API that the workers' client lacks. */
            missing_scopes: string[];
            vanished_clients: {
                /** @description false: the account has too many clients to compare them here. */
                compared: boolean;
                total: number;
                /** @description Those of which Auth0 has confirmed that they are gone. */
                first: {
                    client_id: string;
                    /** @enum {string} */
                    kind: "user" | "tenant" | "app";
                    tenant_id?: string;
                }[];
            };
            clocks: {
                /** @description How far the clock of the worker is ahead of the one of Redis, ms. */
                worker_ms: number;
                /** @description How far the clock of the authority is ahead of the one of the worker, ms, to about a second. */
                authority_ms?: number;
            };
        };
        /**
         * @description Which users become the tenant's, and how. Exactly one of `query` and `user_ids` is required.
         * @example {
         *       "query": "identities.connection:\"customers\" AND email:*@acme.example",
         *       "roles": [
         *         "member"
         *       ]
         *     }
         * @example {
         *       "user_ids": [
         *         "auth0|5f7c8ec7c33c6c004bbafe82"
         *       ]
         *     }
         */
        NewUserAdoption: {
            /** @description Auth0's user search query syntax (Lucene), over the whole account. Whoever it finds and may not be adopted is refused, with the reason. */
            query?: string;
            /** @description These users, by their ids. */
            user_ids?: components["schemas"]["UserId"][];
            /**
             * Format: date-time
             * @description For `query`: only users created at this time or later, such as `continue_from` of an earlier adoption.
             */
            created_from?: string;
            /**
             * @description The adoption ends with this number of users, and says where to continue (`continue_from`).
             * @default 100000
             */
            max_users: number;
            /**
             * @description Roles of each adopted user, of those that the operator allows the tenant. By default none. Users who are the tenant's already, or guests in its organization, keep theirs.
             * @default []
             */
            roles: components["schemas"]["RoleName"][];
            /**
             * @description Adopts users whose `app_metadata` have `roles` from elsewhere, too, and replaces these. By default such users are refused.
             * @default false
             */
            replace_roles: boolean;
            /**
             * @description Records an event `user.adopted` for each adopted user, in the tenant's audit log and for its webhooks. There is one event of the adoption anyway.
             * @default false
             */
            user_events: boolean;
        } & (unknown | unknown);
        /**
         * @description `belongs_to_other_tenant`: `app_metadata.tenant_id` is another one; a user is never assigned anew.
         *     `other_connection`: not in the tenant's database, or in another database, too.
         *     `no_email`: without an email address.
         *     `has_roles`: `app_metadata.roles` exists already (`replace_roles`).
         *     `being_adopted`: another adoption is at this user right now.
         *     `unknown_user`: the authority has no such user (any more).
         *     `refused_by_authority`: the authority does not accept the change.
         * @example other_connection
         * @enum {string}
         */
        UserAdoptionRefusal: "belongs_to_other_tenant" | "other_connection" | "no_email" | "has_roles" | "being_adopted" | "unknown_user" | "refused_by_authority";
        /**
         * @description An adoption of users, and how far it is.
         * @example {
         *       "id": "0b4f7f4e-3c0a-4a37-8a9e-5a0a5b5c5d5e",
         *       "tenant_id": "acme",
         *       "dry_run": false,
         *       "state": "ended",
         *       "found": 1204,
         *       "adopted": 1200,
         *       "already": 3,
         *       "refused": 1,
         *       "refusals": [
         *         {
         *           "code": "no_email",
         *           "message": "has no email address",
         *           "users": 1
         *         }
         *       ],
         *       "created_at": "2026-11-23T09:00:00.000Z",
         *       "ended_at": "2026-11-23T09:02:10.000Z"
         *     }
         */
        UserAdoption: {
            /**
             * Format: uuid
             * @description That of its job.
             */
            id: string;
            tenant_id: components["schemas"]["TenantId"];
            /** @description Nothing was changed: `adopted` counts those who would be. */
            dry_run: boolean;
            /**
             * @description `running` also after its job has failed (`GET /v1/jobs/{job_id}`): the same request, sent again, does the rest.
             * @enum {string}
             */
            state: "running" | "ended";
            /** @description Users that the query found at the start, or the ids that were given. */
            found?: number;
            adopted: number;
            /** @description Users who were the tenant's before. */
            already: number;
            refused: number;
            /** @description Refused users by reason. */
            refusals: {
                code: components["schemas"]["UserAdoptionRefusal"];
                message: string;
                users: number;
            }[];
            /** @description Dry run: calls to the authority that the adoption takes. */
            expected_calls?: number;
            /** @description Dry run: duration at the rate limits of the plan (AUTH0_PLAN), if nothing else uses them. */
            expected_minutes?: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            ended_at?: string;
            /**
             * Format: date-time
             * @description It ended with `max_users`: `created_from` of the next adoption.
             */
            continue_from?: string;
        };
        /**
         * @description A user in an adoption, and what became of it.
         * @example {
         *       "user_id": "auth0|5f7c8ec7c33c6c004bbafe82",
         *       "outcome": "adopted"
         *     }
         * @example {
         *       "user_id": "auth0|5f7c8ec7c33c6c004bbafe83",
         *       "outcome": "refused",
         *       "code": "no_email",
         *       "message": "has no email address"
         *     }
         */
        AdoptedUser: {
            user_id: string;
            /** @enum {string} */
            outcome: "adopted" | "already" | "refused";
            code?: components["schemas"]["UserAdoptionRefusal"];
            /** @description Present if it was refused. */
            message?: string;
        };
        /**
         * @example {
         *       "users": [
         *         {
         *           "user_id": "auth0|5f7c8ec7c33c6c004bbafe82",
         *           "outcome": "adopted"
         *         }
         *       ]
         *     }
         */
        AdoptedUserList: {
            users: components["schemas"]["AdoptedUser"][];
            /** @description Absent on the last page. */
            next_cursor?: string;
        };
        /**
         * @description Which client becomes the tenant's, and as what.
         * @example {
         *       "client_id": "Kq3nZ1b6w0mVxT8r",
         *       "as": "api_key",
         *       "scopes": [
         *         "read:users"
         *       ]
         *     }
         */
        NewClientAdoption: {
            client_id: string;
            /**
             * @description `api_key`: a non-interactive client of yours with the client-credentials grant; its id and secret are the key. The secret is neither read
             *     nor changed. `web_app`: a single-page app; its addresses are read from the client. Only for a tenant with a web app of its own, beside which
             *     it is accepted.
             * @enum {string}
             */
            as: "api_key" | "web_app";
            /**
             * @description Of the API key: its client grant for this API has exactly these afterwards. Left out, those that it has already and this API knows. Grants
             *     for other APIs stay.
             */
            scopes?: string[];
            /** @description Addresses and CIDR ranges that the API key may be used from. When omitted, any address. */
            allowed_addresses?: string[];
        };
        /**
         * @description A client that is the tenant's now, or in a dry run would be.
         * @example {
         *       "tenant_id": "acme",
         *       "client_id": "Kq3nZ1b6w0mVxT8r",
         *       "as": "api_key",
         *       "outcome": "adopted",
         *       "dry_run": false,
         *       "name": "Nightly sync",
         *       "scopes": [
         *         "read:users"
         *       ],
         *       "added_scopes": [
         *         "read:users"
         *       ],
         *       "removed_scopes": []
         *     }
         */
        ClientAdoption: {
            tenant_id: components["schemas"]["TenantId"];
            client_id: string;
            /** @enum {string} */
            as: "api_key" | "web_app";
            /**
             * @description `already`: it was the tenant's, and nothing was changed.
             * @enum {string}
             */
            outcome: "adopted" | "already";
            /** @description Nothing was changed. */
            dry_run: boolean;
            name?: string;
            /** @description Those of the API key. */
            scopes?: string[];
            /** @description Scopes that its client grant did not have. */
            added_scopes?: string[];
            /** @description Scopes that its client grant had. */
            removed_scopes?: string[];
            /** @description Those of the web app. */
            origins?: string[];
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
