// Made by `npm run generate` from openapi/. Do not edit.
export const problems = {
  authentication_required: {
    status: 401,
    title: "Authentication required",
    meaning:
      "The operation needs a caller, and the request carried no credential.",
    next: "Send one of the credentials that the `WWW-Authenticate` fields name.",
  },
  invalid_authorization_header: {
    status: 401,
    title: "Authorization field not understood",
    meaning:
      "The `Authorization` field is malformed, too long, or of a scheme that this operation does not take.",
    next: "Send `Bearer` with an access token, or `Basic` with an API key's client id and secret.",
  },
  several_credentials: {
    status: 400,
    title: "More than one credential",
    meaning:
      "The request carries more than one credential (two `Authorization` fields, or a token in the query or the body beside it).",
    next: "Send exactly one, in the `Authorization` field.",
  },
  invalid_token: {
    status: 401,
    title: "Token refused",
    meaning:
      "The access token is expired, malformed, not signed by the authority, or meant for somebody else.",
    next: "Get a new access token for this API's audience.",
  },
  invalid_dpop_proof: {
    status: 401,
    title: "Proof of possession refused",
    meaning:
      "The access token is bound to a key, and the `DPoP` field does not prove that the caller has it for this very request (RFC 9449), or was used before.",
    next: "Make a new proof for each request (method, address without query, hash of the token) with the key that the token was got with.",
  },
  invalid_client: {
    status: 400,
    title: "App refused",
    meaning:
      "The client id is the address of a metadata document that cannot be fetched, or that does not say what it must.",
    next: "Mend the document, or register the app in another way.",
  },
  invalid_target: {
    status: 400,
    title: "Another API is asked for",
    meaning:
      "The authorization request names a resource or an audience that is not this API (RFC 8707 section 2).",
    next: "Send the `resource` of this API's metadata, or leave the parameter out.",
  },
  authorization_request_expired: {
    status: 400,
    title: "Sign-in took too long",
    meaning:
      "The form holds no authorization request that was shown by this API within the last hour.",
    next: "Go back to the app and sign in again.",
  },
  cross_site_form: {
    status: 403,
    title: "Form of another site",
    meaning:
      "The form was sent by a page that is not this API's own (`Sec-Fetch-Site`, `Origin`).",
    next: "Go back to the app and sign in again.",
  },
  too_many_metadata_documents: {
    status: 429,
    title: "Too many metadata documents",
    meaning:
      "Too many client id metadata documents had to be fetched for this address lately.",
    next: "Repeat after the time in `Retry-After`.",
  },
  invalid_api_key: {
    status: 401,
    title: "API key refused",
    meaning:
      "The authority does not know this client id and secret, or it is no key of this API.",
    next: "Check the key. A rotated or deleted key does not come back.",
  },
  too_many_failed_attempts: {
    status: 429,
    title: "Too many failed attempts",
    meaning:
      "Too many API keys were refused lately, of this client id or from this address. A key that has worked before still works.",
    next: "Check the key, and repeat after the time in `Retry-After`.",
  },
  api_key_expired: {
    status: 401,
    title: "API key expired",
    meaning: "The API key was good, but its time is over.",
    next: "Use its successor, or have a new key made.",
  },
  address_not_allowed: {
    status: 403,
    title: "Address not allowed",
    meaning: "The API key is good, but may not be used from this address.",
    next: "Call from one of the key's allowed addresses.",
  },
  beyond_own_bounds: {
    status: 403,
    title: "Beyond the caller's own bounds",
    meaning:
      "The caller is an API key, and the key that this is about would end later or work from more addresses than the caller does; or the caller itself was deleted, replaced or expired before this could be done.",
    next: "Ask with a key that has no such bounds, or have a user with the rights do it.",
  },
  insufficient_scope: {
    status: 403,
    title: "Scope missing",
    meaning:
      "The credential is good, but lacks a scope that the operation needs.",
    next: "Ask for a credential with the scopes named in the answer.",
  },
  insufficient_role: {
    status: 403,
    title: "Role missing",
    meaning:
      "No role of the user holds a scope that the operation needs. A role is a set of scopes.",
    next: "Ask an admin of your tenant for a role that holds the scopes named in the answer.",
  },
  role_not_grantable: {
    status: 403,
    title: "Role beyond your own scopes",
    meaning:
      "Whoever grants a role holds every scope of it, and an app grants no role that can change anything. The caller lacks some of them, or is an app.",
    next: "Use a credential that holds the scopes named in the answer, or grant another role.",
  },
  user_beyond_scopes: {
    status: 403,
    title: "User beyond your own scopes",
    meaning:
      "The user has a role that holds scopes which the caller lacks. Whoever changes, blocks or deletes a user, or makes a ticket for one, holds every scope of that user's roles.",
    next: "Use a credential that holds the scopes named in the answer.",
  },
  caller_not_allowed: {
    status: 403,
    title: "Not for this kind of caller",
    meaning:
      "The operation does not take callers of this kind (user, tenant or app).",
    next: "Use a credential of a kind that the operation's description names.",
  },
  consent_withdrawn: {
    status: 401,
    title: "Consent withdrawn",
    meaning:
      "The user has withdrawn the consent that this app's token was issued for. A token that follows a new consent works.",
    next: "Ask the user for consent again.",
  },
  app_blocked: {
    status: 403,
    title: "App blocked",
    meaning: "The operator of this API has blocked this app, for all tenants.",
    next: "Ask the operator of this API.",
  },
  app_not_allowed: {
    status: 403,
    title: "App not allowed for this tenant",
    meaning:
      "The user's tenant has denied this app, or nobody has approved it yet and the tenant has not allowed it, or the app has changed since and is more, or another one, than what was decided on.",
    next: "Ask an admin of your tenant to allow the app.",
  },
  tenant_suspended: {
    status: 403,
    title: "Tenant suspended",
    meaning:
      "The caller's tenant is suspended; none of its users, keys or apps may call.",
    next: "Ask the operator of this API.",
  },
  too_many_requests: {
    status: 429,
    title: "Too many requests",
    meaning:
      "The caller, or its tenant as a whole, has made as many requests in this minute as it may; `RateLimit` says which.",
    next: "Repeat after the time in `Retry-After`.",
  },
  too_many_pending_jobs: {
    status: 429,
    title: "Too many pending jobs",
    meaning:
      "The caller, or its tenant as a whole, has as many calls under way or waiting at the authority as it may; nothing was stored. `detail` names the limit.",
    next: "Repeat after the time in `Retry-After`, when some of them have ended.",
  },
  too_many_streams: {
    status: 429,
    title: "Too many streams",
    meaning:
      "The caller, or its tenant as a whole, has as many streams (server-sent events, exports) open as it may; `detail` says which.",
    next: "Close one, or repeat after the time in `Retry-After`.",
  },
  too_many_anonymous_requests: {
    status: 429,
    title: "Too many requests from this address",
    meaning:
      "Too many requests without a good credential came from the caller's address (IPv6, its /64) lately. Requests with a good one are not counted.",
    next: "Repeat after the time in `Retry-After`, or send a credential that is good.",
  },
  authority_unavailable: {
    status: 503,
    title: "Authority unavailable",
    meaning:
      "The authority could not be asked whether this credential is good. The credential may well be good.",
    next: "Repeat after the time in `Retry-After`.",
  },
  not_found: {
    status: 404,
    title: "Not found",
    meaning:
      "There is nothing at this address, or nothing that this caller may know of.",
    next: "Check the address and the id.",
  },
  method_not_allowed: {
    status: 405,
    title: "Method not allowed",
    meaning: "The address exists, but not with this method.",
    next: "Use one of the methods in `Allow`.",
  },
  not_acceptable: {
    status: 406,
    title: "Not acceptable",
    meaning:
      "The operation has no answer in any of the media types that `Accept` names.",
    next: "Accept one of the media types in the operation's description.",
  },
  unsupported_media_type: {
    status: 415,
    title: "Media type not supported",
    meaning:
      "The operation does not read bodies of this media type, charset or content coding, or `Content-Type` is not well-formed.",
    next: "Send one of the media types in `Accept-Post`, in UTF-8, in one of the content codings in `Accept-Encoding` or none.",
  },
  body_too_large: {
    status: 413,
    title: "Body too large",
    meaning: "The request's body is larger than the operation takes.",
    next: "Send less at a time.",
  },
  import_too_large: {
    status: 413,
    title: "Import too large",
    meaning:
      "The user import exceeds a limit (rows, bytes, bytes when unpacked, bytes of one row, blank bytes, or processor time); `detail` names it and its value.",
    next: "Split it into several imports, and leave out what is no row; where one row is too long, look for a quotation mark that is not closed.",
  },
  headers_too_large: {
    status: 431,
    title: "Header fields too large",
    meaning:
      "The request's line and header fields together are longer than the server reads (16 KiB).",
    next: "Shorten them, above all the address, cookies and credentials.",
  },
  malformed_request: {
    status: 400,
    title: "Malformed request",
    meaning:
      "What arrived is not HTTP as the server understands it: broken syntax, a version other than 1.0 and 1.1, a request target that is none, no or more than one `Host`, or a transfer coding other than `chunked` (RFC 9112).",
    next: "Mend the client.",
  },
  expectation_failed: {
    status: 417,
    title: "Expectation failed",
    meaning:
      "The request has an `Expect` other than `100-continue`, and nothing else is met here (RFC 9110 section 10.1.1).",
    next: "Leave the field out.",
  },
  malformed_body: {
    status: 400,
    title: "Malformed body",
    meaning:
      "The body is not well-formed in the media type that it claims or the content coding that it claims (for instance broken JSON or gzip, no UTF-8, or half of a surrogate pair), is nested deeper than 32 levels, or names a prototype.",
    next: "Mend the body.",
  },
  truncated_gzip: {
    status: 400,
    title: "Gzip ends too soon",
    meaning: "The upload arrived as a whole, but its gzip stream is cut off.",
    next: "Pack the file again and compare its size with what was sent.",
  },
  corrupt_gzip: {
    status: 400,
    title: "No valid gzip",
    meaning:
      "The upload is said to be gzip, but is none, or its checksum is wrong.",
    next: "Pack the file again, or leave out `Content-Encoding` when it is not packed.",
  },
  invalid_columns: {
    status: 422,
    title: "Columns not understood",
    meaning:
      "The header row of the CSV file names a column that does not exist, names one twice, or lacks `email`; `detail` says which.",
    next: "Mend the header row (docs/csv.md lists the columns).",
  },
  invalid_parameter: {
    status: 400,
    title: "Invalid parameter",
    meaning:
      "A path, query or header parameter does not fit its description, or is not UTF-8 in percent-encoding; `errors` names each.",
    next: "Mend the parameters that `errors` points to.",
  },
  invalid_cursor: {
    status: 400,
    title: "Invalid cursor",
    meaning:
      "The cursor was not given to this caller, for this operation with the same filters, in the last 24 hours.",
    next: "Start again without a cursor, and take the next one from the answer.",
  },
  invalid_body: {
    status: 422,
    title: "Invalid body",
    meaning:
      "The body is well-formed, but does not fit its schema; `errors` points to each wrong field.",
    next: "Mend the fields that `errors` points to.",
  },
  precondition_required: {
    status: 428,
    title: "If-Match missing",
    meaning:
      "The operation changes something that others may change too, and the request does not say what it was made from.",
    next: "Look it up, and send its `ETag` as `If-Match`.",
  },
  precondition_failed: {
    status: 412,
    title: "Changed meanwhile",
    meaning:
      "What was to be changed is not any more what `If-Match`, or `version` in the body, names, or `If-Match` is a weak tag (`W/`), which never matches; `detail` says so. Nothing was changed.",
    next: "Look it up again, and make the change from what is there now.",
  },
  confirmation_required: {
    status: 428,
    title: "Confirmation missing",
    meaning:
      "A tenant is deleted only with the `confirmation` that a dry run of the same deletion gave, within ten minutes.",
    next: "Ask with `dry_run=true`, look at what would go, and send the `confirmation` of that answer as `confirm`.",
  },
  idempotency_key_in_use: {
    status: 409,
    title: "Idempotency key in use",
    meaning:
      "A request with this `Idempotency-Key` is still arriving, or broke off a moment ago.",
    next: "Repeat after the time in `Retry-After`; it then gets the answer of the first, or takes its place.",
  },
  idempotency_key_reused: {
    status: 422,
    title: "Idempotency key reused",
    meaning: "This `Idempotency-Key` came with another request before.",
    next: "Choose a new key for a new request; to repeat the old one, send it unchanged.",
  },
  role_not_assignable: {
    status: 422,
    title: "Role not assignable",
    meaning: "One of the roles is not one that this tenant may assign.",
    next: "Leave it out, or ask the operator of this API.",
  },
  duplicate_row: {
    status: 422,
    title: "Email twice in one import",
    meaning:
      "An earlier row of the same user import has this email; the message names it.",
    next: "Leave one of them out.",
  },
  needs_import_jobs: {
    status: 422,
    title: "Password hash needs the channel `import_jobs`",
    meaning:
      "The row carries a password hash, and the authority takes those through its import jobs only.",
    next: "Send the row in an import of that channel, or without the hash.",
  },
  import_job_refused: {
    status: 422,
    title: "No import job for this row",
    meaning:
      "The row carries a password hash, and the authority refused the import job that it was in as a whole.",
    next: "See that the tenant's connection is a database that takes imports; then import the row again.",
  },
  too_many_imports: {
    status: 429,
    title: "Too many imports at once",
    meaning:
      "The tenant has as many user imports and open uploads of them, dry runs too, under way as it may have.",
    next: "Wait for one to end, or cancel one.",
  },
  import_ended: {
    status: 409,
    title: "Import ended",
    meaning:
      "The user import is completed or cancelled, so that it cannot be paused, resumed or cancelled any more.",
    next: "Look at its rows; start another import for what is missing.",
  },
  rows_deleted: {
    status: 410,
    title: "Rows deleted",
    meaning:
      "The rows of this import hold personal data and were deleted some time after its end. The counts stay.",
    next: "Fetch the rows sooner after the end of the next import.",
  },
  empty_import: {
    status: 422,
    title: "Nothing to import",
    meaning: "The user import has no rows.",
    next: "Send at least one row.",
  },
  invalid_redirect_uri: {
    status: 400,
    title: "Redirect URI refused",
    meaning:
      "A redirect URI is not one that an app may have (RFC 7591 section 3.2.2).",
    next: "Use https, a loopback address, or a private-use scheme for a native app; no fragment, wildcard or credentials.",
  },
  invalid_client_metadata: {
    status: 400,
    title: "Client metadata refused",
    meaning:
      "A member of the client metadata is wrong (RFC 7591 section 3.2.2).",
    next: "Mend the member that the description names.",
  },
  invalid_software_statement: {
    status: 400,
    title: "Software statement refused",
    meaning:
      "The software statement is no JWT, is not signed by its issuer's key, has expired, or holds a wrong member (RFC 7591 section 3.2.2).",
    next: "Get a new one from its issuer.",
  },
  unapproved_software_statement: {
    status: 400,
    title: "Software statement not approved",
    meaning:
      "The software statement's issuer is not one that is trusted here, or one is needed and there is none (RFC 7591 section 3.2.2).",
    next: "Bring a software statement by an issuer that the operator of this API trusts.",
  },
  too_many_registrations: {
    status: 429,
    title: "Too many registrations",
    meaning: "Too many apps were registered from this address lately.",
    next: "Register once and keep the client id; repeat after the time in `Retry-After`.",
  },
  request_timeout: {
    status: 408,
    title: "Request took too long to arrive",
    meaning: "The request's body did not arrive in time.",
    next: "Send it again.",
  },
  user_exists: {
    status: 409,
    title: "User exists",
    meaning: "A user with this email or id exists already.",
    next: "Look the user up by email, or choose another email.",
  },
  weak_password: {
    status: 422,
    title: "Password too weak",
    meaning:
      "The password does not meet the password policy of the tenant's connection.",
    next: "Choose a longer, less common password.",
  },
  invalid_field: {
    status: 422,
    title: "Field refused by the authority",
    meaning:
      "The authority refused a value that this API's own description allows.",
    next: "Check the values, above all email and picture.",
  },
  api_key_limit_reached: {
    status: 409,
    title: "API key limit reached",
    meaning:
      "The tenant has as many API keys as it may have. A key that is being replaced and its successor are two.",
    next: "Delete keys that are not used any more, complete rotations that are under way, or rotate without overlap (`overlap_seconds` 0), which replaces the key in its place.",
  },
  initial_access_token_limit_reached: {
    status: 409,
    title: "Initial access token limit reached",
    meaning:
      "There are as many initial access tokens that have not expired as the tenant, or the operator, may have.",
    next: "Delete tokens that are used up or not needed any more.",
  },
  rotation_under_way: {
    status: 409,
    title: "Rotation under way",
    meaning: "The API key is being rotated already, or was and retires.",
    next: "Complete or cancel that rotation first.",
  },
  no_rotation: {
    status: 409,
    title: "No rotation under way",
    meaning:
      "The API key is not being rotated, so there is nothing to complete or to cancel.",
    next: "Name the key that is being replaced, not its successor.",
  },
  app_limit_reached: {
    status: 503,
    title: "App limit reached",
    meaning:
      "There are as many third-party apps as there may be, or as many that nobody or this one tenant vouched for; the rest is kept for those with an initial access token or a software statement, and for API keys.",
    next: "Tell the operator of this API. Apps that nobody uses go by themselves.",
  },
  webhook_limit_reached: {
    status: 409,
    title: "Webhook limit reached",
    meaning: "The tenant has as many webhooks as it may have.",
    next: "Delete webhooks that are not used any more, or have one told of more types of events.",
  },
  webhook_disabled: {
    status: 409,
    title: "Webhook disabled",
    meaning:
      "The webhook is disabled, so nothing is sent to it; `disabled_because` says why.",
    next: "Enable it first.",
  },
  replay_in_progress: {
    status: 409,
    title: "Replay in progress",
    meaning: "An earlier replay to this webhook is still being sent.",
    next: "Wait until it has been sent; an `unverified` endpoint has to agree first.",
  },
  too_many_webhook_verifications: {
    status: 429,
    title: "Too many webhook verifications",
    meaning:
      "Endpoints of this tenant's webhooks were asked too often lately whether they agree.",
    next: "Wait as long as `Retry-After` says.",
  },
  tenant_exists: {
    status: 409,
    title: "Tenant exists",
    meaning:
      "There is a tenant with this id, or there was one. The id of a deleted tenant is not given again.",
    next: "Choose another id.",
  },
  email_domain_taken: {
    status: 409,
    title: "Email domain taken",
    meaning:
      "Another tenant has one of these email domains. A domain leads to one tenant's sign-in page only.",
    next: "Take the domain from the other tenant first, or leave it out.",
  },
  tenant_busy: {
    status: 409,
    title: "Tenant is being made or deleted",
    meaning:
      "The tenant is being created or deleted just now, and cannot be changed.",
    next: "Look at it again when its job has ended.",
  },
  connection_exists: {
    status: 409,
    title: "Connection exists",
    meaning:
      "The authority has a connection already that is named as the tenant's own would be.",
    next: "Choose another id for the tenant, or name that connection as `connection` if the tenant's users shall live in it.",
  },
  unknown_connection: {
    status: 422,
    title: "Unknown connection",
    meaning:
      "The authority has no connection of this name for users with a password.",
    next: "Mend the name, or leave it out, so that the tenant gets a connection of its own.",
  },
  application_limit_reached: {
    status: 503,
    title: "Application limit reached",
    meaning:
      "The account at the authority has as many applications as its plan allows.",
    next: "Tell the operator of this API.",
  },
  upstream_rate_limited: {
    status: 503,
    title: "Authority's rate limit reached",
    meaning:
      "The authority refused the call because of its rate limit, and repeating it did not help in time.",
    next: "Repeat after the time in `Retry-After`.",
  },
  upstream_unavailable: {
    status: 503,
    title: "Authority unavailable",
    meaning:
      "The authority did not answer, or answered with a failure of its own. Nothing was changed.",
    next: "Repeat after the time in `Retry-After`.",
  },
  upstream_refused: {
    status: 502,
    title: "Authority refused",
    meaning:
      "The authority refused this API's own call. That is a fault of this installation, not of the request.",
    next: "Tell the operator of this API; give the `request_id`.",
  },
  not_in_plan: {
    status: 502,
    title: "Not in the authority's plan",
    meaning:
      "The plan of the account at the authority lacks what this call needs.",
    next: "Tell the operator of this API; give the `request_id`.",
  },
  outcome_unknown: {
    status: 502,
    title: "Outcome unknown",
    meaning:
      "It was sent on, to the authority or to this API's own store, and the answer was lost. It may have been carried out.",
    next: "Look before you repeat it.",
  },
  overloaded: {
    status: 503,
    title: "Temporarily unavailable",
    meaning:
      "A part that this API needs (its queue or store) does not answer, or the process has as much to do at once as it takes. Nothing was done.",
    next: "Repeat after the time in `Retry-After`.",
  },
  internal_error: {
    status: 500,
    title: "Internal error",
    meaning:
      "The service failed. The request may or may not have taken effect.",
    next: "Tell the operator of this API; give the `request_id`.",
  },
} as const;
