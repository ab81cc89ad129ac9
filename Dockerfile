# Static files are built where Node is, so that the running image has none.
FROM node:22-slim AS static
WORKDIR /heard
COPY package.json package-lock.json ./
RUN npm ci
COPY static static
RUN npm run build

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/venv/bin:$PATH
RUN python -m venv /opt/venv && useradd --system --create-home heard
WORKDIR /heard
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --require-hashes --requirement requirements/base.txt
COPY manage.py ./
COPY config config
COPY surveys surveys
COPY measures measures
COPY templates templates
COPY locale locale
RUN pybabel --quiet compile --domain django --directory locale
COPY static static
# A page of the site.
COPY docs/how-a-figure-is-made.md docs/
COPY --from=static /heard/var/build var/build
# Collecting needs settings, and none of these values reaches the running image.
RUN SECRET_KEY=build DATABASE_URL=postgresql://build REDIS_URL=redis://build ALLOWED_HOSTS=build \
    ENCRYPTION_KEYS=build:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    python manage.py collectstatic --no-input --verbosity 0 && chown -R heard var
USER heard
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--no-ws", "config.wsgi:application"]
