import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import modelsearch.index
import portal.core.models.attachment
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a new database begins with: all that came before in one step."""

    initial = True

    replaces = [
        ("regulations", "0001_initial"),
        ("regulations", "0002_identity_of_provisions"),
        ("regulations", "0003_import_corrections"),
        ("regulations", "0004_editions_enacted"),
        ("regulations", "0005_seal_editions"),
        ("regulations", "0006_definitions_references_documents"),
        ("regulations", "0007_new_texts"),
    ]

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnnexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('label', models.CharField(blank=True, help_text='As printed, such as “Phụ lục I”.', max_length=64, verbose_name='name')),
                ('number', models.CharField(blank=True, max_length=16, verbose_name='number')),
                ('heading', models.TextField(blank=True, verbose_name='heading')),
                ('body', models.TextField(blank=True, help_text='Lines that begin and end with | are rows of a table.', verbose_name='text')),
            ],
            options={
                'verbose_name': 'annex',
                'verbose_name_plural': 'annexes',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ArticlePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('component', models.CharField(choices=[('qd', 'decision'), ('qc', 'regulation')], default='qc', max_length=2, verbose_name='part of')),
                ('number', models.CharField(blank=True, help_text='Without a number this is text outside every article.', max_length=16, verbose_name='number')),
                ('heading', models.TextField(blank=True, verbose_name='heading')),
                ('intro', models.TextField(blank=True, verbose_name='words before the first clause')),
                ('clauses', wagtail.fields.StreamField([('clause', 6)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'number', 'max_length': 16, 'required': False}), 1: ('wagtail.blocks.TextBlock', (), {'label': 'words', 'required': False}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'letter', 'max_length': 8, 'required': False}), 3: ('wagtail.blocks.TextBlock', (), {'label': 'words'}), 4: ('wagtail.blocks.StructBlock', [[('label', 2), ('text', 3)]], {}), 5: ('wagtail.blocks.ListBlock', (4,), {'default': [], 'label': 'points'}), 6: ('wagtail.blocks.StructBlock', [[('number', 0), ('text', 1), ('points', 5)]], {})}, verbose_name='clauses')),
                ('footnotes', wagtail.fields.StreamField([('footnote', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'mark', 'max_length': 16}), 1: ('wagtail.blocks.TextBlock', (), {'label': 'words'}), 2: ('wagtail.blocks.StructBlock', [[('mark', 0), ('text', 1)]], {})}, verbose_name='footnotes')),
                ('eid', models.CharField(editable=False, max_length=64, verbose_name='identifier')),
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='DivisionPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('level', models.CharField(choices=[('part', 'part'), ('chapter', 'chapter'), ('section', 'section'), ('subsection', 'subsection')], max_length=12, verbose_name='level')),
                ('number', models.CharField(blank=True, max_length=16, verbose_name='number')),
                ('heading', models.TextField(blank=True, verbose_name='heading')),
            ],
            options={
                'verbose_name': 'division',
                'verbose_name_plural': 'divisions',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='RegulationIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'list of regulations',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='RegulationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('short_title', models.CharField(blank=True, max_length=255, verbose_name='short title')),
                ('document_number', models.CharField(blank=True, max_length=64, verbose_name='number and symbol')),
                ('issuer', models.CharField(blank=True, max_length=255, verbose_name='issuing authority')),
                ('signer_capacity', models.CharField(blank=True, max_length=255, verbose_name='signed in the capacity of')),
                ('signer_name', models.CharField(blank=True, max_length=255, verbose_name='signed by')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('legal_status', models.CharField(choices=[('in_force', 'in force'), ('expired', 'wholly out of force'), ('partly_expired', 'partly out of force'), ('not_yet', 'not yet in force'), ('suspended', 'suspended'), ('partly_suspended', 'partly suspended')], default='in_force', max_length=20, verbose_name='legal status')),
                ('decision_title', models.TextField(blank=True, verbose_name='title of the decision')),
                ('recipients', models.TextField(blank=True, verbose_name='recipients')),
                ('closing_note', models.TextField(blank=True, verbose_name='closing note')),
            ],
            options={
                'verbose_name': 'regulation',
                'verbose_name_plural': 'regulations',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='number')),
                ('kind', models.CharField(choices=[('first', 'first text'), ('amendment', 'amendment'), ('correction', 'correction'), ('consolidation', 'consolidation')], default='first', max_length=16, verbose_name='kind')),
                ('status', models.CharField(choices=[('enacted', 'enacted, waits for its day'), ('applied', 'applied'), ('withdrawn', 'withdrawn')], default='applied', max_length=16, verbose_name='status')),
                ('effective_on', models.DateField(verbose_name='in force from')),
                ('decision_number', models.CharField(blank=True, max_length=64, verbose_name='enacted by')),
                ('decision_date', models.DateField(blank=True, null=True, verbose_name='date of the decision')),
                ('decision_title', models.TextField(blank=True, verbose_name='title of the decision')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('snapshot', models.JSONField(verbose_name='snapshot')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('seal', models.CharField(default='', editable=False, max_length=64, verbose_name='seal')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created at')),
                ('applied_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='applied at')),
                ('paper', models.FileField(blank=True, editable=False, storage=portal.core.models.attachment.private_storage, upload_to='editions', verbose_name='PDF')),
                ('paper_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the PDF')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='regulations.regulationpage')),
            ],
            options={
                'verbose_name': 'edition',
                'verbose_name_plural': 'editions',
                'ordering': ['regulation', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Provision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('eid', models.CharField(max_length=96, verbose_name='identifier')),
                ('kind', models.CharField(choices=[('article', 'article'), ('clause', 'clause'), ('point', 'point')], max_length=8, verbose_name='kind')),
                ('number', models.CharField(blank=True, max_length=16, verbose_name='number')),
                ('label', models.CharField(max_length=255, verbose_name='citation')),
                ('heading', models.TextField(blank=True, verbose_name='heading')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('path', models.CharField(max_length=128, verbose_name='address in the regulation')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('block_id', models.CharField(blank=True, editable=False, max_length=64)),
                ('repealed', models.BooleanField(default=False, verbose_name='repealed')),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='provisions', to='regulations.articlepage')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='regulations.provision')),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='provisions', to='regulations.regulationpage')),
            ],
            options={
                'verbose_name': 'provision',
                'verbose_name_plural': 'provisions',
                'ordering': ['regulation', 'position'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='RegulationImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(blank=True, storage=portal.core.models.attachment.private_storage, upload_to='regulations', verbose_name='file')),
                ('filename', models.CharField(blank=True, max_length=255, verbose_name='file name')),
                ('file_sha256', models.CharField(blank=True, db_index=True, max_length=64, verbose_name='SHA-256 of the file')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='SHA-256')),
                ('source_text', models.TextField(verbose_name='source text')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='title')),
                ('parsed', models.JSONField(verbose_name='structure')),
                ('working', models.JSONField(blank=True, null=True, verbose_name='corrected structure')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='revision')),
                ('corrections', models.JSONField(blank=True, default=list, verbose_name='corrections')),
                ('seen_lints', models.JSONField(blank=True, default=dict, verbose_name='remarks looked at')),
                ('enacting', models.JSONField(blank=True, default=dict, verbose_name='how it is enacted')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created at')),
                ('discarded_at', models.DateTimeField(blank=True, null=True, verbose_name='discarded at')),
                ('discard_reason', models.TextField(blank=True, verbose_name='reason for discarding')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('discarded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='new_texts', to='regulations.regulationpage', verbose_name='becomes the next edition of')),
                ('regulation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='imports', to='regulations.regulationpage')),
            ],
            options={
                'verbose_name': 'imported text',
                'verbose_name_plural': 'imported texts',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='LegalBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('text', models.TextField(verbose_name='text')),
                ('document_number', models.CharField(blank=True, max_length=64, verbose_name='number and symbol')),
                ('legal_status', models.CharField(blank=True, choices=[('in_force', 'in force'), ('expired', 'wholly out of force'), ('partly_expired', 'partly out of force'), ('not_yet', 'not yet in force'), ('suspended', 'suspended'), ('partly_suspended', 'partly suspended')], max_length=20, verbose_name='legal status')),
                ('replaced_by', models.CharField(blank=True, max_length=255, verbose_name='replaced by')),
                ('regulation', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='legal_bases', to='regulations.regulationpage')),
            ],
            options={
                'verbose_name': 'legal basis',
                'verbose_name_plural': 'legal bases',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Definition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('proposed', 'proposed'), ('confirmed', 'confirmed'), ('rejected', 'rejected')], default='proposed', editable=False, max_length=10, verbose_name='status')),
                ('origin', models.CharField(choices=[('found', 'found in the text'), ('hand', 'added by hand')], default='found', editable=False, max_length=8, verbose_name='origin')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=96)),
                ('field', models.CharField(default='text', editable=False, max_length=16)),
                ('is_present', models.BooleanField(default=True, editable=False, verbose_name='in the text in force')),
                ('term', models.CharField(max_length=150, verbose_name='term')),
                ('other_names', models.TextField(blank=True, help_text='One on each line, as the text writes them.', verbose_name='other names')),
                ('meaning', models.TextField(verbose_name='meaning')),
                ('folded', models.CharField(editable=False, max_length=150)),
                ('until', models.PositiveIntegerField(default=0, editable=False)),
                ('is_inline', models.BooleanField(default=False, editable=False, verbose_name='from a bracket in the text')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='definitions', to='regulations.provision', verbose_name='defined in')),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='definitions', to='regulations.regulationpage')),
            ],
            options={
                'verbose_name': 'definition',
                'verbose_name_plural': 'definitions',
                'ordering': ['regulation', 'source__position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CrossReference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('proposed', 'proposed'), ('confirmed', 'confirmed'), ('rejected', 'rejected')], default='proposed', editable=False, max_length=10, verbose_name='status')),
                ('origin', models.CharField(choices=[('found', 'found in the text'), ('hand', 'added by hand')], default='found', editable=False, max_length=8, verbose_name='origin')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=96)),
                ('field', models.CharField(default='text', editable=False, max_length=16)),
                ('is_present', models.BooleanField(default=True, editable=False, verbose_name='in the text in force')),
                ('words', models.CharField(max_length=255, verbose_name='words')),
                ('occurrence', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('start', models.PositiveIntegerField(default=0, editable=False)),
                ('target_key', models.CharField(blank=True, editable=False, max_length=96)),
                ('document', models.CharField(blank=True, max_length=255, verbose_name='other document')),
                ('is_certain', models.BooleanField(default=True, editable=False, verbose_name='certain')),
                ('is_dangling', models.BooleanField(default=False, editable=False, verbose_name='the provision does not exist')),
                ('covered', models.ManyToManyField(blank=True, editable=False, related_name='covering_references', to='regulations.provision')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='references_from', to='regulations.provision', verbose_name='in')),
                ('target', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='references_to', to='regulations.provision', verbose_name='leads to')),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cross_references', to='regulations.regulationpage')),
            ],
            options={
                'verbose_name': 'cross-reference',
                'verbose_name_plural': 'cross-references',
                'ordering': ['regulation', 'source__position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RelatedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('relation', models.CharField(choices=[('basis', 'legal basis'), ('amended_by', 'amended by'), ('amends', 'amends'), ('replaced_by', 'replaced by'), ('replaces', 'replaces'), ('repealed_by', 'repealed by'), ('repeals', 'repeals'), ('guided_by', 'detailed by'), ('guides', 'details'), ('corrected_by', 'corrected by'), ('corrects', 'corrects'), ('consolidated_in', 'consolidated in'), ('consolidates', 'consolidates'), ('cites', 'cites'), ('cited_by', 'cited by'), ('related', 'related to')], max_length=16, verbose_name='relation')),
                ('kind', models.CharField(blank=True, help_text='Such as “Quyết định”.', max_length=64, verbose_name='kind of document')),
                ('number', models.CharField(blank=True, max_length=64, verbose_name='number and symbol')),
                ('title', models.TextField(blank=True, verbose_name='title')),
                ('issuer', models.CharField(blank=True, max_length=255, verbose_name='issuing authority')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('legal_status', models.CharField(blank=True, choices=[('in_force', 'in force'), ('expired', 'wholly out of force'), ('partly_expired', 'partly out of force'), ('not_yet', 'not yet in force'), ('suspended', 'suspended'), ('partly_suspended', 'partly suspended')], max_length=20, verbose_name='legal status')),
                ('scope', models.CharField(blank=True, help_text='Such as “điểm c khoản 2 Điều 8”.', max_length=255, verbose_name='scope')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='related_from', to='regulations.regulationpage', verbose_name='regulation of this portal')),
                ('regulation', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='related_documents', to='regulations.regulationpage')),
            ],
            options={
                'verbose_name': 'related document',
                'verbose_name_plural': 'related documents',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EditionChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('eid', models.CharField(blank=True, max_length=96, verbose_name='identifier')),
                ('label', models.CharField(max_length=255, verbose_name='citation')),
                ('title', models.TextField(blank=True, verbose_name='title')),
                ('kinds', models.JSONField(default=list, verbose_name='what happened')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('old_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 before')),
                ('new_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 after')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='regulations.edition')),
                ('page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.revision')),
            ],
            options={
                'verbose_name': 'change',
                'verbose_name_plural': 'changes',
                'ordering': ['edition', 'position'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'position'), name='one_change_per_place_in_edition')],
            },
        ),
        migrations.CreateModel(
            name='ProvisionAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('eid', models.CharField(max_length=96, verbose_name='identifier')),
                ('path', models.CharField(db_index=True, max_length=128, verbose_name='address in the regulation')),
                ('retired_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='used until')),
                ('provision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_addresses', to='regulations.provision')),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_addresses', to='regulations.regulationpage')),
            ],
            options={
                'verbose_name': 'former address',
                'verbose_name_plural': 'former addresses',
                'ordering': ['-retired_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('provision', 'eid'), name='one_alias_per_provision')],
            },
        ),
        migrations.AddConstraint(
            model_name='provision',
            constraint=models.UniqueConstraint(condition=models.Q(('repealed', False)), fields=('regulation', 'eid'), name='one_current_provision_per_eid'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('regulation', 'number'), name='one_edition_per_number'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='editions_are_numbered_from_one'),
        ),
        migrations.AddConstraint(
            model_name='definition',
            constraint=models.UniqueConstraint(fields=('regulation', 'folded'), name='one_row_per_term'),
        ),
        migrations.AddConstraint(
            model_name='crossreference',
            constraint=models.UniqueConstraint(fields=('regulation', 'source_key', 'field', 'words', 'occurrence'), name='one_row_per_reference'),
        ),
        migrations.AddConstraint(
            model_name='relateddocument',
            constraint=models.CheckConstraint(condition=models.Q(('number', ''), ('title', ''), ('page', None), _negated=True), name='related_document_says_what_it_is', violation_error_message="Give the document's number, its title or its page."),
        ),
    ]
