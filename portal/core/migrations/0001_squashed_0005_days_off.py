import django.db.models.deletion
import django.utils.timezone
import portal.core.models.attachment
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a new database begins with: all that came before in one step."""

    initial = True

    replaces = [
        ("core", "0001_initial"),
        ("core", "0002_documents_of_any_format"),
        ("core", "0003_table_imports"),
        ("core", "0004_ledger_seals"),
        ("core", "0005_days_off"),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DayOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='day')),
                ('kind', models.CharField(choices=[('holiday', 'day off'), ('worked', 'worked in exchange for a day off')], default='holiday', max_length=8, verbose_name='kind')),
                ('name', models.CharField(max_length=120, verbose_name='occasion')),
                ('source', models.CharField(help_text='The law, or the notice that says which days are off this year.', max_length=255, verbose_name='by which document')),
            ],
            options={
                'verbose_name': 'day off',
                'verbose_name_plural': 'days off',
                'ordering': ['-day'],
            },
        ),
        migrations.CreateModel(
            name='LedgerSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='number')),
                ('document', models.JSONField(verbose_name='what is sealed')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('horizon', models.JSONField(default=dict, verbose_name='where the next seal ends')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
            ],
            options={
                'verbose_name': 'seal of the ledgers',
                'verbose_name_plural': 'seals of the ledgers',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='RenderedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_hash', models.CharField(max_length=64, unique=True, verbose_name='content hash')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('format', models.CharField(default='pdf', max_length=32, verbose_name='format')),
                ('source', models.TextField(blank=True, verbose_name='source')),
                ('status', models.CharField(choices=[('waiting', 'waiting'), ('ready', 'ready'), ('failed', 'failed')], default='waiting', max_length=16, verbose_name='status')),
                ('file', models.FileField(blank=True, storage=portal.core.models.attachment.private_storage, upload_to='documents', verbose_name='file')),
                ('page_count', models.PositiveIntegerField(default=0, verbose_name='pages')),
                ('error', models.TextField(blank=True, verbose_name='error')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='requested at')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
                ('last_asked_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='last asked for on')),
            ],
            options={
                'verbose_name': 'rendered document',
                'verbose_name_plural': 'rendered documents',
                'ordering': ['-requested_at'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDayOff',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('day', models.DateField(db_index=True, verbose_name='day')),
                ('kind', models.CharField(choices=[('holiday', 'day off'), ('worked', 'worked in exchange for a day off')], default='holiday', max_length=8, verbose_name='kind')),
                ('name', models.CharField(max_length=120, verbose_name='occasion')),
                ('source', models.CharField(help_text='The law, or the notice that says which days are off this year.', max_length=255, verbose_name='by which document')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical day off',
                'verbose_name_plural': 'historical days off',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='NumberSequence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=32, verbose_name='kind')),
                ('office', models.CharField(blank=True, max_length=64, verbose_name='office')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('next', models.PositiveIntegerField(default=1, verbose_name='next number')),
            ],
            options={
                'verbose_name': 'number sequence',
                'verbose_name_plural': 'number sequences',
                'constraints': [models.UniqueConstraint(fields=('kind', 'office', 'year'), name='one_sequence_per_year')],
            },
        ),
        migrations.CreateModel(
            name='RoleGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('administrator', 'IOC administrator'), ('ioc_leader', 'IOC leader'), ('ioc_officer', 'IOC officer'), ('minute_taker', 'minute-taker'), ('unit_head', 'unit head'), ('data_officer', 'data officer'), ('authority', 'authority'), ('reader', 'internal reader')], max_length=32, unique=True, verbose_name='role')),
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='role_group', to='auth.group')),
            ],
            options={
                'verbose_name': 'role',
                'verbose_name_plural': 'roles',
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.BigIntegerField(verbose_name='object')),
                ('file', models.FileField(storage=portal.core.models.attachment.private_storage, upload_to='attachments/%Y/%m', verbose_name='file')),
                ('name', models.CharField(max_length=255, verbose_name='file name')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(editable=False, verbose_name='size')),
                ('mime_type', models.CharField(blank=True, max_length=127, verbose_name='MIME type')),
                ('acting_unit', models.CharField(blank=True, max_length=64, verbose_name='acting unit')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='uploaded at')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
            ],
            options={
                'verbose_name': 'attachment',
                'verbose_name_plural': 'attachments',
                'ordering': ['uploaded_at', 'pk'],
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='core_attach_content_d3cac2_idx')],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=64, verbose_name='action')),
                ('object_id', models.BigIntegerField(blank=True, null=True, verbose_name='object')),
                ('label', models.CharField(blank=True, max_length=255, verbose_name='object as it was called')),
                ('data', models.JSONField(blank=True, default=dict, verbose_name='details')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('content_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'audit entry',
                'verbose_name_plural': 'audit entries',
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['content_type', 'object_id', 'at'], name='core_audite_content_fae194_idx')],
            },
        ),
        migrations.CreateModel(
            name='DeadlineExtension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.BigIntegerField(verbose_name='object')),
                ('old_due', models.DateTimeField(verbose_name='original deadline')),
                ('new_due', models.DateTimeField(verbose_name='new deadline')),
                ('reason', models.TextField(verbose_name='reason')),
                ('decision', models.CharField(blank=True, max_length=255, verbose_name='deciding document')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('requested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='requested by')),
            ],
            options={
                'verbose_name': 'deadline extension',
                'verbose_name_plural': 'deadline extensions',
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['content_type', 'object_id', 'at'], name='core_deadli_content_f8a254_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('new_due__gt', models.F('old_due'))), name='extension_is_later', violation_error_message='The new deadline must be later than the old one.')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.BigIntegerField(verbose_name='object')),
                ('kind', models.CharField(max_length=64, verbose_name='kind')),
                ('status', models.CharField(choices=[('queued', 'queued'), ('running', 'running'), ('done', 'done'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='queued', max_length=16, verbose_name='status')),
                ('step', models.CharField(blank=True, max_length=64, verbose_name='step')),
                ('percent', models.PositiveSmallIntegerField(default=0, verbose_name='per cent')),
                ('error', models.TextField(blank=True, verbose_name='error')),
                ('incident', models.CharField(blank=True, max_length=16, verbose_name='incident number')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='requested at')),
                ('heartbeat_at', models.DateTimeField(blank=True, null=True, verbose_name='last sign of life')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'job',
                'verbose_name_plural': 'jobs',
                'ordering': ['-requested_at', '-pk'],
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='core_job_content_1890ef_idx')],
            },
        ),
        migrations.CreateModel(
            name='StatusEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.BigIntegerField(verbose_name='object')),
                ('from_status', models.CharField(blank=True, max_length=32, verbose_name='from')),
                ('to_status', models.CharField(max_length=32, verbose_name='to')),
                ('acting_unit', models.CharField(blank=True, max_length=64, verbose_name='acting unit')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'status event',
                'verbose_name_plural': 'status events',
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['content_type', 'object_id', 'at'], name='core_status_content_163f8d_idx')],
            },
        ),
        migrations.CreateModel(
            name='TableImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.SlugField(verbose_name='catalogue')),
                ('file', models.FileField(storage=portal.core.models.attachment.private_storage, upload_to='tables/%Y/%m', verbose_name='file')),
                ('name', models.CharField(max_length=255, verbose_name='file name')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(editable=False, verbose_name='size')),
                ('status', models.CharField(choices=[('waiting', 'being checked'), ('ready', 'ready to be confirmed'), ('faulty', 'with mistakes'), ('stale', 'overtaken by other changes'), ('applying', 'being written'), ('applied', 'taken in'), ('undone', 'undone'), ('dropped', 'dropped')], default='waiting', max_length=16, verbose_name='status')),
                ('reading', models.JSONField(blank=True, default=dict, verbose_name='how it was read')),
                ('ignored_columns', models.JSONField(blank=True, default=list, verbose_name='columns left out')),
                ('counts', models.JSONField(blank=True, default=dict, verbose_name='counts')),
                ('report', models.JSONField(blank=True, default=dict, verbose_name='report')),
                ('fingerprint', models.CharField(blank=True, max_length=64, verbose_name='fingerprint')),
                ('differences', models.JSONField(blank=True, default=list, verbose_name='differences')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='uploaded at')),
                ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='taken in at')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone at')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
            ],
            options={
                'verbose_name': 'import of a catalogue',
                'verbose_name_plural': 'imports of catalogues',
                'ordering': ['-uploaded_at', '-pk'],
                'indexes': [models.Index(fields=['table', 'status'], name='core_tablei_table_8f79be_idx')],
            },
        ),
    ]
