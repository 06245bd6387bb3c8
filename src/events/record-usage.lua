-- Adds a process's counts for a tenant, each batch once, however often it is sent.
-- @key hour          hash: `<client id> <field>` → value
-- @key day           the same
-- @key lastBatch     string: number of this process's last batch
-- @arg batch         number of this one
-- @arg rememberedMs  TTL of `lastBatch`
-- @arg hourMs        TTL of the hour
-- @arg dayMs         TTL of the day
-- @arg ...counts     for each client: id, kind, highest latency in ms, number of fields that follow, their names and increments
if tonumber(redis.call('GET', lastBatch) or '0') >= tonumber(batch) then return 0 end
local i = 1
while i <= #counts do
  local client, kind, longest, fields = counts[i] .. ' ', counts[i + 1], counts[i + 2], tonumber(counts[i + 3])
  for _, period in ipairs({hour, day}) do
    redis.call('HSET', period, client .. 'kind', kind)
    if tonumber(redis.call('HGET', period, client .. 'max_ms') or '0') < tonumber(longest) then
      redis.call('HSET', period, client .. 'max_ms', longest)
    end
    for f = i + 4, i + 3 + fields * 2, 2 do
      redis.call(counts[f] == 'ms' and 'HINCRBYFLOAT' or 'HINCRBY', period, client .. counts[f], counts[f + 1])
    end
  end
  i = i + 4 + fields * 2
end
redis.call('PEXPIRE', hour, hourMs)
redis.call('PEXPIRE', day, dayMs)
redis.call('SET', lastBatch, batch, 'PX', rememberedMs)
return 1
