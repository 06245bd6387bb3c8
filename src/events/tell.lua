-- Puts events of one process on the outbox, each batch once, however often it is sent.
-- @key outbox        stream
-- @key lastBatch     string: number of the last batch of this process
-- @arg batch         number of this one
-- @arg rememberedMs  how long that is remembered
-- @arg limit         how many events may wait there
-- @arg ...events     as text
-- @return 1; 0 when there are as many: the batch has to wait
if tonumber(redis.call('GET', lastBatch) or '0') >= tonumber(batch) then return 1 end
if redis.call('XLEN', outbox) >= tonumber(limit) then return 0 end
for _, event in ipairs(events) do redis.call('XADD', outbox, '*', 'e', event) end
redis.call('SET', lastBatch, batch, 'PX', rememberedMs)
return 1
