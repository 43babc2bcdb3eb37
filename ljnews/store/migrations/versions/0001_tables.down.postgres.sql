DROP TABLE target_outcomes;

DROP TABLE project_attributes;

DROP TABLE targets;

DROP TABLE amounts;

DROP TABLE projects;

DROP TABLE posts;

DROP TABLE people;

DROP TABLE officials;

DROP TABLE evidence;

DROP TABLE sections;

DROP TABLE facts;

DROP TABLE done;

DROP TABLE changes;

DROP TABLE runs;

DROP TABLE forgotten;

DROP TABLE failures;

DROP TABLE articles;
