-- Adds a process's events to the outbox, each batch once, however often it is sent.
-- @key outbox        stream
-- @key lastBatch     string: number of this process's last batch
-- @arg batch         number of this one
-- @arg rememberedMs  TTL of `lastBatch`
-- @arg limit         capacity of the outbox, in events
-- @arg ...events     as text
-- @return 1; 0 when the outbox is full: the batch must be sent again
if tonumber(redis.call('GET', lastBatch) or '0') >= tonumber(batch) then return 1 end
if redis.call('XLEN', outbox) >= tonumber(limit) then return 0 end
for _, event in ipairs(events) do redis.call('XADD', outbox, '*', 'e', event) end
redis.call('SET', lastBatch, batch, 'PX', rememberedMs)
return 1
