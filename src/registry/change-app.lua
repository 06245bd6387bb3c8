-- Changes an app, if it is still as it was read, and with it decisions that tenants made on it.
-- KEYS  1 clients  2 metadata  3 changes  4 outbox  5 apps whose client does not say so yet  6 decisions on the app
-- ARGV  1 channel  2 how many changes are kept  3 client id  4 what it was  5 what it becomes  6 metadata ('' as they are)
--       7 digest of all decisions as they were read ('' no matter)  8 how many events follow, and those
--       then for each decision that changes: tenant, what it becomes
-- Returns 1; 0 when the app or, where they matter, the decisions are not as they were read.
if redis.call('HGET', KEYS[1], ARGV[3]) ~= ARGV[4] then return 0 end
if ARGV[7] ~= '' and redis.sha1hex(table.concat(redis.call('HGETALL', KEYS[6]), '\n')) ~= ARGV[7] then return 0 end
redis.call('HSET', KEYS[1], ARGV[3], ARGV[5])
if ARGV[6] ~= '' then redis.call('HSET', KEYS[2], ARGV[3], ARGV[6]) end
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[2], '*', 'client', ARGV[3])
redis.call('SADD', KEYS[5], ARGV[3])
local first = 9 + tonumber(ARGV[8])
for i = 9, first - 1 do redis.call('XADD', KEYS[4], '*', 'e', ARGV[i]) end
for i = first, #ARGV, 2 do
  redis.call('HSET', KEYS[6], ARGV[i], ARGV[i + 1])
  redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[2], '*', 'decision', ARGV[i] .. ' ' .. ARGV[3])
end
redis.call('PUBLISH', ARGV[1], 'client')
return 1
