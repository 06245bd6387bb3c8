-- A job that was taken with a ticket has ended. The ticket may have come back meanwhile, to another worker that took another job with it:
-- that one stays noted, or nobody would give it back should its worker die.
-- @key turn   string: the job that was taken with the ticket
-- @arg ended  `<stalls> <id>` of the job that has ended
if redis.call('GET', turn) == ended then redis.call('DEL', turn) end
