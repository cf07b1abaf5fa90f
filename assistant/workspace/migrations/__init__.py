"""How a database of saved work grows from one form to the next (数据库升级); run by Alembic at open."""
