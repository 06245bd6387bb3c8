-- Changes one tenant by compare-and-set.
-- @key tenants    hash: id → its entry
-- @key retired    hash: ids of deleted tenants
-- @key changes    stream
-- @key unwritten  set: tenants whose change has not been written to the authority yet
-- @key outbox     stream
-- @key domains    hash: domain of email addresses → id of the tenant that has it
-- @key organized  set: ids of tenants that are organizations, or are becoming one
-- @key changing   set: ids of tenants that change over
-- @arg id
-- @arg from       expected entry ('' none, '*' any)
-- @arg becomes    new entry ('' removed)
-- @arg channel    pub/sub channel for notifications of changes
-- @arg maxChanges maximum length of the stream of changes
-- @arg retiredAt  now, if the id of a removed tenant must never be assigned again; else ''
-- @arg event      JSON text ('' none)
-- @return 1; 0 when the entry is not as expected; 2 when a new tenant has the id of a deleted one; 3 when another tenant has one of its email domains
local was = redis.call('HGET', tenants, id) or ''
-- Bound of the list of deleted tenants.
local MAX_RETIRED = 1000000
if from ~= '*' and from ~= was then return 0 end
if was == '' and from == '' and redis.call('HEXISTS', retired, id) == 1 then return 2 end
local function domains_of(text) return text ~= '' and cjson.decode(text).email_domains or {} end
local own = domains_of(becomes)
for _, domain in ipairs(own) do
  local owner = redis.call('HGET', domains, domain)
  if owner and owner ~= id then return 3 end
end
for _, domain in ipairs(domains_of(was)) do redis.call('HDEL', domains, domain) end
for _, domain in ipairs(own) do redis.call('HSET', domains, domain, id) end
if becomes == '' then
  redis.call('HDEL', tenants, id)
  if retiredAt ~= '' then
    if redis.call('HLEN', retired) >= MAX_RETIRED then redis.call('HDEL', retired, redis.call('HRANDFIELD', retired)) end
    redis.call('HSET', retired, id, retiredAt)
  end
else
  redis.call('HSET', tenants, id, becomes)
  redis.call('SADD', unwritten, id)
end
local now = becomes ~= '' and cjson.decode(becomes) or {}
local over = now.change_over
local function list(set, is) redis.call(is and 'SADD' or 'SREM', set, id) end
list(organized, now.organization or (over and over.organization))
list(changing, over)
redis.call('XADD', changes, 'MAXLEN', '~', maxChanges, '*', 'tenant', id)
if event ~= '' then redis.call('XADD', outbox, '*', 'e', event) end
redis.call('PUBLISH', channel, 'tenant')
return 1
