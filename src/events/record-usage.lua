-- Adds what a process counted for a tenant, each batch once, however often it is sent.
-- KEYS  1 the hour  2 the day, each a hash: `<client id> <field>` → value  3 number of the last batch of this process
-- ARGV  1 number of this batch  2 how long that is remembered, 3 the hour is kept, 4 the day is kept, ms
--       then for each client: id, kind, longest latency in ms, how many fields follow, their names and what is added to each
if tonumber(redis.call('GET', KEYS[3]) or '0') >= tonumber(ARGV[1]) then return 0 end
local i = 5
while i <= #ARGV do
  local client, kind, longest, fields = ARGV[i] .. ' ', ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3])
  for k = 1, 2 do
    redis.call('HSET', KEYS[k], client .. 'kind', kind)
    if tonumber(redis.call('HGET', KEYS[k], client .. 'max_ms') or '0') < tonumber(longest) then
      redis.call('HSET', KEYS[k], client .. 'max_ms', longest)
    end
    for f = i + 4, i + 3 + fields * 2, 2 do
      redis.call(ARGV[f] == 'ms' and 'HINCRBYFLOAT' or 'HINCRBY', KEYS[k], client .. ARGV[f], ARGV[f + 1])
    end
  end
  i = i + 4 + fields * 2
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[2])
return 1
